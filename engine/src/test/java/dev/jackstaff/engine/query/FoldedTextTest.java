package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedTextTest {

    @Test
    void lower_case_keeps_the_number_of_units_and_the_high_surrogate_and_is_its_own_lower_case() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            int lower = Character.toLowerCase(point);
            assertThat(Character.charCount(lower)).isEqualTo(Character.charCount(point));
            if (Character.toLowerCase(lower) != lower) throw new AssertionError(Integer.toHexString(point));
            if (point > 0xFFFF && Character.highSurrogate(lower) != Character.highSurrogate(point))
                throw new AssertionError(Integer.toHexString(point));
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agrees_with_lower_casing_both_texts(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String literal = text(random),
                    text = random.nextInt(3) == 0 ? text(random) + literal + text(random) : text(random);
            FoldedText folded = new FoldedText(literal);
            String a = lower(text), b = lower(literal);
            assertThat(folded.isEqualTo(text)).isEqualTo(a.equals(b));
            assertThat(folded.isPrefixOf(text)).isEqualTo(a.startsWith(b));
            assertThat(folded.isSuffixOf(text)).isEqualTo(a.endsWith(b));
            assertThat(folded.isIn(text)).isEqualTo(a.contains(b));
            assertThat(Integer.signum(folded.compareFrom(text))).isEqualTo(Integer.signum(byCodePoints(a, b)));
        }
    }

    @Test
    void searching_is_linear_for_a_literal_that_almost_matches_everywhere() {
        String literal = "a".repeat(100_000) + "b";
        assertThat(new FoldedText(literal).isIn("A".repeat(1_000_000))).isFalse();
    }

    private static String text(Random random) {
        String letters = "aAbBéÉßİiKKσΣς\uE000\uFFFD\uD801\uDC00\uD801\uDC28\uD83D\uDE00";
        int[] points = letters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) text.appendCodePoint(points[random.nextInt(points.length)]);
        return text.toString();
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }

    private static int byCodePoints(String a, String b) {
        return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
}
