package dev.jackstaff.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.Reading;
import org.junit.jupiter.api.Test;

/// What a refused file still says to those who look for everything that is wrong with it.
class UnreadableTest {

    @Test
    void the_flags_beside_the_wrong_ones_can_be_looked_at() {
        Reading.Unreadable file = unreadable(Syntax.YAML, "a: {}\nb: {disable: maybe}\nc: {version: [1]}\nd: {}\n");
        assertThat(file.sound().flags()).containsOnlyKeys("a", "d");
        assertThat(file.sound().problems()).isEmpty();
        assertThat(file.problems()).hasSize(2);
    }

    @Test
    void of_a_flag_that_is_defined_twice_the_last_definition_is_the_one_that_is_wrong_or_not() {
        String right = "{\"disable\": true}", wrong = "{\"disable\": 1}";
        assertThat(unreadable(Syntax.JSON, "{\"f\": " + wrong + ", \"f\": " + right + "}").sound().flags())
                .containsOnlyKeys("f");
        assertThat(unreadable(Syntax.JSON, "{\"f\": " + right + ", \"f\": " + wrong + "}").sound().flags()).isEmpty();
    }

    @Test
    void a_malformed_text_has_no_sound_flags() {
        assertThat(unreadable(Syntax.YAML, "a: {}\nb: [\n").sound().flags()).isEmpty();
    }

    private static Reading.Unreadable unreadable(Syntax syntax, String text) {
        return (Reading.Unreadable) Texts.read(syntax, text);
    }
}
