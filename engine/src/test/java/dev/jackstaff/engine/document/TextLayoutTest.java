package dev.jackstaff.engine.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TextLayoutTest {
    private static final Location START = new Location("f", 10, 5);

    @Test
    void plain_text_goes_along_from_its_start_and_quoted_text_from_behind_the_quote() {
        assertThat(TextLayout.PLAIN.at(START, 0)).hasToString("f:10:5");
        assertThat(TextLayout.PLAIN.at(START, 7)).hasToString("f:10:12");
        assertThat(TextLayout.QUOTED.at(START, 0)).hasToString("f:10:6");
        assertThat(new Node.Scalar("abc", "abc", START, TextLayout.QUOTED).at(2)).hasToString("f:10:8");
        assertThat(new Node.Scalar("abc", "abc", START).at(2)).hasToString("f:10:7");
    }

    @Test
    void runs_are_relative_on_the_first_line_and_absolute_below() {
        TextLayout layout = new TextLayout.Builder().at(0, 0, 1).at(3, 0, 5).at(6, 1, 9).build();
        assertThat(layout.at(START, 2)).hasToString("f:10:8");
        assertThat(layout.at(START, 3)).hasToString("f:10:10");
        assertThat(layout.at(START, 5)).hasToString("f:10:12");
        assertThat(layout.at(START, 6)).hasToString("f:11:9");
        assertThat(layout.at(START, 100)).hasToString("f:11:103");
    }

    @Test
    void only_what_does_not_follow_is_kept() {
        TextLayout.Builder builder = new TextLayout.Builder();
        for (int offset = 0; offset < 100; offset++) builder.at(offset, 0, offset + 1);
        assertThat(builder.build()).isEqualTo(TextLayout.QUOTED).hasSameHashCodeAs(TextLayout.QUOTED);
        assertThat(builder.at(100, 1, 1).build().runs()).containsExactly(0, 0, 1, 100, 1, 1);
    }

    @Test
    void a_layout_comes_back_from_its_runs() {
        TextLayout layout = new TextLayout.Builder().at(0, 1, 3).at(8, 2, 3).build();
        assertThat(TextLayout.ofRuns(layout.runs())).isEqualTo(layout).isNotEqualTo(TextLayout.PLAIN);
        for (int[] wrong : new int[][]{{}, {0, 0}, {1, 0, 0}, {0, 0, 0, 1}})
            assertThatIllegalArgumentException().isThrownBy(() -> TextLayout.ofRuns(wrong));
    }

    @Test
    void nothing_said_is_plain() {
        assertThat(new TextLayout.Builder().build()).isEqualTo(TextLayout.PLAIN);
    }
}
