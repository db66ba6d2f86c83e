package dev.jackstaff.formats;

import static dev.jackstaff.formats.Texts.flags;
import static dev.jackstaff.formats.Texts.refusal;
import static dev.jackstaff.formats.Texts.variation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 1.4 of the evaluation rules: the kinds of untyped values.
class ValueKindsTest {

    static Stream<Arguments> yaml_scalars() {
        return Stream.of(
                // Booleans are these six words and no others.
                value("true", true),
                value("True", true),
                value("TRUE", true),
                value("false", false),
                value("False", false),
                value("FALSE", false),
                value("tRUE", "tRUE"),
                value("yes", "yes"),
                value("on", "on"),
                value("y", "y"),
                value("n", "n"),
                value("Off", "Off"),
                value("\"true\"", "true"),
                // Null.
                value("~", null),
                value("null", null),
                value("Null", null),
                value("NULL", null),
                value("", null),
                value("nULL", "nULL"),
                value("'~'", "~"),
                // Integers.
                value("1", 1L),
                value("+1", 1L),
                value("-1", -1L),
                value("-0", 0L),
                value("1_000", 1000L),
                value("1__0_", 10L),
                value("0x1F", 31L),
                value("-0x10", -16L),
                value("0X1f", 31L),
                value("0o17", 15L),
                value("0O17", 15L),
                value("-0o17", -15L),
                value("0b101", 5L),
                value("-0b101", -5L),
                value("017", 15L),
                value("-017", -15L),
                value("00", 0L),
                value("9223372036854775807", Long.MAX_VALUE),
                value("-9223372036854775808", Long.MIN_VALUE),
                value("0x7fffffffffffffff", Long.MAX_VALUE),
                // Between 2^63 and 2^64-1.
                value("9223372036854775808", new BigInteger("9223372036854775808")),
                value("18446744073709551615", new BigInteger("18446744073709551615")),
                value("0xffffffffffffffff", new BigInteger("18446744073709551615")),
                // Floats, larger integers among them.
                value("18446744073709551616", 1.8446744073709552E19),
                value("+9223372036854775808", 9.223372036854776E18),
                value("-9223372036854775809", -9.223372036854776E18),
                value("1.0", 1.0),
                value("1.", 1.0),
                value(".5", 0.5),
                value("-.5", -0.5),
                value("+1.5", 1.5),
                value("1e3", 1000.0),
                value("1.e3", 1000.0),
                value("1E-2", 0.01),
                value("08", 8.0),
                value("-08", -8.0),
                value("1_0.5", 10.5),
                value(".5_0", 0.5),
                value("1e-400", 0.0),
                value("-0.0", -0.0),
                value(".nan", Double.NaN),
                value(".NaN", Double.NaN),
                value(".inf", Double.POSITIVE_INFINITY),
                value("+.INF", Double.POSITIVE_INFINITY),
                value("-.Inf", Double.NEGATIVE_INFINITY),
                // What looks like a number and is a string.
                value("1:30", "1:30"),
                value("1e400", "1e400"),
                value("0x", "0x"),
                value("0xg", "0xg"),
                value("0b12", "0b12"),
                value("0b-101", "0b-101"),
                value("0o8", "0o8"),
                value("1.2.3", "1.2.3"),
                value("1e", "1e"),
                value("+", "+"),
                value(".", "."),
                value("._5", "._5"),
                value("_1", "_1"),
                value("+.nan", "+.nan"),
                value("NaN", "NaN"),
                value("Infinity", "Infinity"),
                value("0x1p3", "0x1p3"),
                value("1f", "1f"),
                value("١", "١"),
                // Dates.
                value("2024-01-01", "2024-01-01T00:00Z"),
                value("2024-1-2", "2024-01-02T00:00Z"),
                value("2024-01-01 10:00:00", "2024-01-01T10:00Z"),
                value("2024-01-01   1:2:3.5", "2024-01-01T01:02:03.500Z"),
                value("2024-01-01T10:00:00Z", "2024-01-01T10:00Z"),
                value("2024-01-01t10:00:00,25+02:00", "2024-01-01T10:00:00.250+02:00"),
                value("2024-1-1T1:0:0-00:30", "2024-01-01T01:00-00:30"),
                value("2024-01-01T10:00:00.1234567891Z", "2024-01-01T10:00:00.123456789Z"),
                value("2024-02-29", "2024-02-29T00:00Z"),
                // What looks like a date and is a string.
                text("2024-13-01"),
                text("2023-02-29"),
                text("2024-01-01 10:00:00 +01:00"),
                text("2024-01-01T10:00:00"),
                text("2024-01-01 10:00:00Z"),
                text("2024-01-01T10:00Z"),
                text("2024-01-01T24:00:00Z"),
                text("2024-01-01T10:00:60Z"),
                text("2024-01-01T10:00:00z"),
                text("24-01-01"),
                value("'2024-01-01'", text("2024-01-01").get()[1]),
                // Tags.
                value("!!str 1", "1"),
                value("!!str ~", "~"),
                value("!!str 2024-01-01", "2024-01-01"),
                value("!!int \"12\"", 12L),
                value("!!int 0x10", 16L),
                value("!!float 1", 1.0),
                value("!!float .inf", Double.POSITIVE_INFINITY),
                value("!!bool True", true),
                value("!!null ''", null),
                value("!!timestamp '2024-01-01'", "2024-01-01T00:00Z"),
                value("!!binary aGVsbG8=", "hello"),
                value("! 12", 12L),
                value("!mine 12", "12"));
    }

    private static Arguments value(String written, Object value) {
        boolean date = written.matches("(!!timestamp ')?2024.*") && value instanceof String s && s.contains("T");
        return Arguments.of(written, date ? OffsetDateTime.parse((String) value) : value);
    }

    private static Arguments text(String written) {
        return Arguments.of(written, written);
    }

    @ParameterizedTest
    @MethodSource
    void yaml_scalars(String written, Object value) {
        assertThat(variation(Syntax.YAML, "f:\n  variations:\n    a: " + written + "\n")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "!!int x",
        "!!int 1.0",
        "!!float x",
        "!!float 0xffffffffffffffff",
        "!!bool yes",
        "!!null x",
        "!!timestamp x",
        "!!binary '*'"
    })
    void a_yaml_tag_that_the_text_is_not_of_refuses_the_file(String written) {
        assertThat(refusal(Syntax.YAML, "f:\n  variations:\n    a: " + written + "\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.location()).hasToString("flags:3:8"));
    }

    @Test
    void yaml_lists_and_maps() {
        assertThat(variation(Syntax.YAML, "f: {variations: {a: [1, ~, x, [2.0], {b: 3}]}}"))
                .isEqualTo(Arrays.asList(1L, null, "x", List.of(2.0), Map.of("b", 3L)));
        assertThat(variation(Syntax.YAML, "f: {variations: {a: {b: {c: 1}}}}")).isEqualTo(Map.of("b", Map.of("c", 1L)));
    }

    // Vector 148.
    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "1.5", "2024-01-01", "~"})
    void a_yaml_map_with_a_key_that_is_no_string_is_no_object(String key) {
        assertThat(variation(Syntax.YAML, "f: {variations: {a: {" + key + ": x, b: y}}}"))
                .isInstanceOf(MixedKeyMap.class);
        assertThat(variation(Syntax.YAML, "f: {variations: {a: {'" + key + "': x, b: y}}}")).isInstanceOf(Map.class);
    }

    // Vectors 142, 143 and 144, as far as they concern reading.
    @Test
    void a_number_is_an_integer_in_yaml_and_toml_and_a_double_in_json() {
        assertThat(variation(Syntax.YAML, "f: {variations: {a: 1}}")).isEqualTo(1L);
        assertThat(variation(Syntax.YAML, "f: {variations: {a: 1.9}}")).isEqualTo(1.9);
        assertThat(variation(Syntax.JSON, "{\"f\": {\"variations\": {\"a\": 1}}}")).isEqualTo(1.0);
        assertThat(variation(Syntax.TOML, "[f.variations]\na = 1")).isEqualTo(1L);
        assertThat(variation(Syntax.TOML, "[f.variations]\na = 1.0")).isEqualTo(1.0);
    }

    // Vector 147.
    @Test
    void an_unquoted_date_is_a_date_in_yaml_and_toml_only() {
        OffsetDateTime date = OffsetDateTime.parse("2024-01-01T00:00Z");
        assertThat(variation(Syntax.YAML, "f: {variations: {a: 2024-01-01}}")).isEqualTo(date);
        assertThat(variation(Syntax.YAML, "f: {variations: {a: '2024-01-01'}}")).isEqualTo("2024-01-01");
        assertThat(variation(Syntax.TOML, "[f.variations]\na = 2024-01-01T00:00:00Z")).isEqualTo(date);
        assertThat(variation(Syntax.JSON, "{\"f\": {\"variations\": {\"a\": \"2024-01-01\"}}}"))
                .isEqualTo("2024-01-01");
    }

    @Test
    void a_json_zero_keeps_its_sign() {
        assertThat(variation(Syntax.JSON, "{\"f\": {\"variations\": {\"a\": [-0, -0.0, -0e5, 0]}}}"))
                .isEqualTo(List.of(-0.0, -0.0, -0.0, 0.0));
    }

    @Test
    void json_values() {
        assertThat(
                variation(Syntax.JSON, "{\"f\": {\"variations\": {\"a\": [true, null, \"x\", {\"b\": -0.0}, 1e3]}}}"))
                .isEqualTo(Arrays.asList(true, null, "x", Map.of("b", -0.0), 1000.0));
        assertThat(variation(Syntax.JSON, "{\"f\": {\"variations\": {\"a\": {\"1\": 2}}}}"))
                .isEqualTo(Map.of("1", 2.0));
    }

    @Test
    void a_json_number_beyond_doubles_refuses_the_file() {
        assertThat(refusal(Syntax.JSON, "{\"f\": {\"variations\": {\"a\": 1e400}}}"))
                .singleElement()
                .hasToString("flags:1:28: error: the number 1e400 is too large for a double");
    }

    @Test
    void a_lone_surrogate_in_json_reads_as_the_replacement_character() {
        assertThat(variation(Syntax.JSON, "{\"f\": {\"variations\": {\"a\": \"x\\ud800y\\udc00\\ud83d\\ude00\"}}}"))
                .isEqualTo("x\uFFFDy\uFFFD\uD83D\uDE00");
    }

    @Test
    void toml_values() {
        assertThat(flags(Syntax.TOML, """
                        [f.variations]
                        a = [1, 2.5, "x", true, {b = 1}]
                        b = inf
                        c = 0x1F
                        d = 'raw \\n'
                        """).get("f").variations())
                .isEqualTo(Map.of(
                        "a", List.of(1L, 2.5, "x", true, Map.of("b", 1L)),
                        "b", Double.POSITIVE_INFINITY,
                        "c", 31L,
                        "d", "raw \\n"));
    }
}
