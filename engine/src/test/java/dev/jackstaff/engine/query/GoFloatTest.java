package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Go's `strconv.ParseFloat` and `FormatFloat(f, 'f', -1, 64)`.
class GoFloatTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1,1", "-1.5,-1.5", "+2,2", ".5,0.5", "5.,5", "1e3,1000", "1E-3,0.001", "1_000,1000",
        "1_23.50_0_0e+1_2,1.235e14",
        "0x1p4,16", "0x.8p1,1", "0X1Fp-2,7.75", "inf,Infinity", "-Inf,-Infinity", "+infinity,Infinity", "NaN,NaN",
        "1e400,Infinity", "-1e400,-Infinity", "1e-400,0", "0.1,0.1", "123456789012345678,123456789012345680",
        "0.000001234567890123456789,1.2345678901234568E-6", "-0,-0.0", "9007199254740993,9007199254740992",
    })
    void reads_what_go_reads(String text, double number) {
        assertThat(GoFloat.parse(text, 42)).isEqualTo(Double.valueOf(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "1 ", " 1", "abc", "1a", "0x10", "0x", "1e", "1e+", ".", "-", "+", "--1", "1__0", "_1", "1_", "1_.5",
        "1._5",
        "0b1", "1.2.3", "infin", "nan1", "+nan", "1d", "1f", "0x1.p", "1,5", "\u0661",
    })
    void anything_else_is_no_number(String text) {
        assertThat(GoFloat.parse(text, 42)).isEqualTo(42);
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "1,1", "-0.0,-0", "0,0", "1.5,1.5", "1e21,1000000000000000000000", "1e-7,0.0000001", "2e-3,0.002", "0.1,0.1",
        "123456.789,123456.789", "4.9E-324,smallest", "9007199254740993,9007199254740992", "1e15,1000000000000000",
        "5.684341886080802e-14,0.00000000000005684341886080802",
    })
    void writes_the_shortest_plain_decimal(double number, String text) {
        if (number == Double.MIN_VALUE)
            assertThat(GoFloat.format(number)).startsWith("0.000").endsWith("5").hasSize(326);
        else
            assertThat(GoFloat.format(number)).isEqualTo(text);
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void what_is_written_reads_back_and_no_shorter_text_does(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            double number = random.nextBoolean()
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(1_000_000) / Math.pow(10, random.nextInt(8));
            if (!Double.isFinite(number)) continue;
            assertThat(GoFloat.parse(GoFloat.format(number), 42)).isEqualTo(number);
            assertThat(GoFloat.parse(Double.toString(number), 42)).isEqualTo(number);
        }
    }
}
