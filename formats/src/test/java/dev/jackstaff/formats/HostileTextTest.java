package dev.jackstaff.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the text, reading ends with flags or with problems that have a place.
class HostileTextTest {
    private static final Limits LIMITS = new Limits(10_000_000, 20, 10_000, 1_000);
    private static final String[] PIECES = {
        "[", "]", "{", "}", "\"", "'", ":", ",", "\n", "\t", "  ", "- ", "? ", "&a ", "*a", "<<: ", "!!int ",
        "!!binary ", "!<", "%YAML 1.1\n",
        "%TAG ! tag:\n", "---", "...", "|", ">", "|2-\n", "#", "\\", "\\u", "\\ud800", "\\x", "\u0000", "\uFEFF",
        "\u0085", "\u2028", "😀",
        "é", "\r", "[[", "]]", "'''", "\"\"\"", "=", ".", "1e999", "0x", "1979-05-27", "07:32:00", "null", "~", "@",
        "`", "%", "inf", "-"
    };

    static Stream<Arguments> seeds() {
        return Stream.of(Syntax.values())
                .flatMap(syntax -> IntStream.range(0, 8).mapToObj(seed -> Arguments.of(syntax, seed)));
    }

    @ParameterizedTest(name = "{0} seed={1}")
    @MethodSource("seeds")
    void a_text_with_damage_is_read_or_refused(Syntax syntax, int seed) {
        damage(syntax, seed, bytes -> FlagFile.read(Formats.open(syntax, "flags", bytes, LIMITS)));
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void a_reader_that_breaks_off_at_a_nul_character_is_found_out(Syntax syntax) {
        assertThatIllegalStateException().isThrownBy(() -> damage(syntax, 1, bytes -> {
            for (byte b : bytes) if (b == 0) throw new IllegalStateException("broken");
            return FlagFile.read(Formats.open(syntax, "flags", bytes, LIMITS));
        }));
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void a_reader_that_does_not_say_where_is_found_out(Syntax syntax) {
        Problem nowhere = new Problem(Problem.Severity.ERROR, null, "", Location.of("flags"), "wrong", null);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> damage(syntax, 1,
                        bytes -> new Reading.Unreadable(List.of(nowhere), FlagFile.merge(List.of()))));
    }

    private static void damage(Syntax syntax, int seed, Function<byte[], Reading> reader) {
        Random random = new Random(seed);
        RandomFlags flags = new RandomFlags(seed, syntax);
        for (int i = 0; i < 150; i++) {
            StringBuilder text = new StringBuilder(
                    FlagTexts.of(syntax, List.of(flags.flag("a"), flags.flag("b")), random));
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                int at = random.nextInt(text.length() + 1);
                if (random.nextBoolean()) text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                else
                    text.delete(at, Math.min(text.length(), at + random.nextInt(5)));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(10) == 0 && bytes.length > 0)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Reading reading = reader.apply(bytes);
            if (reading instanceof Reading.Unreadable)
                assertThat(reading.problems()).as("%s", text).anyMatch(Problem::isError);
            assertThat(reading.problems()).as("%s", text).allSatisfy(problem -> {
                assertThat(problem.location().line()).isPositive();
                assertThat(problem.location().column()).isPositive();
                assertThat(problem.message()).isNotBlank().doesNotContain("Exception");
            });
        }
    }
}
