package dev.jackstaff.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatsTest {
    private final Repeats repeats = new Repeats();

    private String of(String text) {
        char[] characters = ("<" + text + ">").toCharArray();
        return repeats.of(characters, 1, text.length());
    }

    @Test
    void a_short_text_that_comes_again_is_the_same_object() {
        for (String text : new String[]{"", "on", "größe", "x".repeat(32)})
            assertThat(of(text)).isEqualTo(text).isSameAs(of(text));
    }

    @Test
    void a_long_text_is_not_kept() {
        String text = "x".repeat(33);
        assertThat(of(text)).isEqualTo(text).isNotSameAs(of(text));
    }

    @Test
    void texts_that_share_a_place_stay_apart() {
        for (int round = 0; round < 2; round++)
            for (int i = 0; i < 10_000; i++) assertThat(of("user-" + i)).isEqualTo("user-" + i);
        assertThat(of("Aa")).isEqualTo("Aa");
        assertThat(of("BB")).as("of the same hash").isEqualTo("BB");
        assertThat(of("Aa")).isEqualTo("Aa");
    }
}
