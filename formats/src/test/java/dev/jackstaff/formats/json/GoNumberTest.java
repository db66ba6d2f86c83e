package dev.jackstaff.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoNumberTest {

    /// What Go 1.26 prints for `json.Marshal(float64)`.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1.0, 1",
        "-1.5, -1.5",
        "100, 100",
        "0.1, 0.1",
        "0.000001, 0.000001",
        "0.00000123, 0.00000123",
        "1e-7, 1e-7",
        "1.5e-10, 1.5e-10",
        "-2.5e-300, -2.5e-300",
        "1e20, 100000000000000000000",
        "123456789012345680000, 123456789012345680000",
        "1e21, 1e+21",
        "1.2345678901234568e29, 1.2345678901234568e+29",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "9007199254740993, 9007199254740992",
        "12345678901234567890, 12345678901234567000",
        "4.9e-324, 5e-324",
        "1e-323, 1e-323",
        "2e-323, 2e-323",
        "0.30000000000000004, 0.30000000000000004",
        "441.34134, 441.34134",
    })
    void doubles_are_spelled_as_go_spells_them(double value, String spelled) {
        assertThat(GoNumber.text(value)).isEqualTo(spelled);
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void every_spelling_reads_back_as_the_same_double_and_no_shorter_one_does(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(value)) continue;
            String spelled = GoNumber.text(value);
            assertThat(Double.parseDouble(spelled)).isEqualTo(value);
            assertThat(spelled).doesNotContain("E").doesNotEndWith(".0").doesNotContain("e+0").doesNotContain("e-0");
        }
    }

    @Test
    void whole_doubles_that_a_long_can_spell_are_told_apart() {
        assertThat(GoNumber.isPlainLong(3)).isTrue();
        assertThat(GoNumber.isPlainLong(-3)).isTrue();
        assertThat(GoNumber.isPlainLong(0)).isTrue();
        assertThat(GoNumber.isPlainLong(-0.0)).isFalse();
        assertThat(GoNumber.isPlainLong(2.5)).isFalse();
        assertThat(GoNumber.isPlainLong(1e18)).isFalse();
        assertThat(GoNumber.isPlainLong(Double.NaN)).isFalse();
        assertThat(GoNumber.isPlainLong(Double.POSITIVE_INFINITY)).isFalse();
    }
}
