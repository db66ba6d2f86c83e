package dev.jackstaff.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest {

    @Test
    void a_billion_laughs_are_refused_where_they_get_too_many_and_in_little_memory() {
        String laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
                + IntStream.range(1, 10)
                        .mapToObj(i -> "a%1$d: &a%1$d [%2$s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(10)))
                        .collect(Collectors.joining());
        ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = meter.getCurrentThreadAllocatedBytes();
        List<Problem> problems = read(Syntax.YAML, laughs, Limits.DEFAULT).problems();
        long allocated = meter.getCurrentThreadAllocatedBytes() - before;
        assertThat(problems.get(problems.size() - 1))
                .hasToString("flags:6:20: error: aliases stand for more than the limit of 400000 values");
        assertThat(allocated).isLessThan(50_000_000);
    }

    @Test
    void merge_keys_and_map_values_count_as_aliases_do() {
        String laughs = "a: &a {x: 1, y: 2, z: 3}\nb: &b {p: *a, q: *a, <<: *a}\nc: {p: *b, q: *b}\n";
        assertThat(read(Syntax.YAML, laughs, new Limits(1000, 100, 1000, 71)).problems())
                .noneMatch(problem -> problem.message().contains("aliases"));
        assertThat(last(read(Syntax.YAML, laughs, new Limits(1000, 100, 1000, 70))))
                .hasToString("flags:3:15: error: aliases stand for more than the limit of 70 values");
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void nesting_is_limited(Syntax syntax) {
        Limits limits = new Limits(8_000_000, 10, 1000, 1000);
        assertThat(read(syntax, nested(syntax, 7), limits)).isInstanceOf(FlagFile.class);
        assertThat(last(read(syntax, nested(syntax, 8), limits)).message()).containsIgnoringCase("nest").contains("10");
        assertThat(last(read(syntax, nested(syntax, 40_000), limits)).message()).containsIgnoringCase("nest");
    }

    /// Lists in the value of a variation, which is three maps deep.
    private static String nested(Syntax syntax, int lists) {
        String value = "[".repeat(lists) + "]".repeat(lists);
        return switch (syntax) {
            case YAML -> "f: {variations: {a: " + value + "}}";
            case JSON -> "{\"f\": {\"variations\": {\"a\": " + value + "}}}";
            case TOML -> "[f.variations]\na = " + value;
        };
    }

    @Test
    void nesting_by_indentation_by_aliases_and_by_dotted_keys_is_limited_too() {
        Limits limits = new Limits(8_000_000, 10, 1000, 1000);
        StringBuilder indented = new StringBuilder();
        for (int i = 0; i < 200; i++) indented.append(" ".repeat(i)).append("k:\n");
        assertThat(last(read(Syntax.YAML, indented.toString(), limits)))
                .hasToString("flags:11:11: error: maps and lists are nested deeper than the limit of 10");
        String aliased = "a: &a [[[[[x]]]]]\nf: {variations: {v: [[[*a]]]}}";
        assertThat(last(read(Syntax.YAML, aliased, limits)))
                .hasToString("flags:2:24: error: maps and lists are nested deeper than the limit of 10");
        assertThat(last(read(Syntax.TOML, "f" + ".k".repeat(20_000) + " = 1", limits)).message())
                .containsIgnoringCase("nest");
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void the_size_of_a_text_is_limited(Syntax syntax) {
        String text = syntax == Syntax.JSON
                ? "{\"f\": {\"version\": \"1\"}}"
                : syntax == Syntax.YAML ? "f: {version: 1}" : "[f]\nversion = '1'";
        Limits justEnough = Limits.DEFAULT.withBytes(text.length() * (syntax == Syntax.TOML ? 64 : 1));
        assertThat(read(syntax, text, justEnough)).isInstanceOf(FlagFile.class);
        Problem refused = last(read(syntax, text, justEnough.withBytes(justEnough.bytes() - 1)));
        assertThat(refused.location()).hasToString("flags");
        assertThat(refused.message())
                .startsWith("the text has " + text.length() + " bytes, more than the limit of " + (text.length() - 1));
        assertThat(refused.hint()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void the_values_of_one_flag_are_limited_and_not_those_of_a_file(Syntax syntax) {
        Limits limits = new Limits(1_000_000, 100, 100, 0);
        String list = "[" + "1, ".repeat(80) + "1]", longer = "[" + "1, ".repeat(100) + "1]";
        assertThat(read(syntax, flagsWith(syntax, list), limits)).isInstanceOf(FlagFile.class);
        assertThat(last(read(syntax, flagsWith(syntax, longer), limits)).message())
                .isEqualTo("one flag has more than the limit of 100 values");
    }

    @Test
    void what_has_anchors_is_limited_as_one_flag_is() {
        Limits limits = new Limits(1_000_000, 100, 100, 1_000);
        String flag = "f%d: &a%d {variations: {a: [1, 1, 1, 1, 1]}}\n";
        assertThat(read(Syntax.YAML, flag.formatted(1, 1).repeat(1) + flag.formatted(2, 2), limits))
                .isInstanceOf(FlagFile.class);
        String many = IntStream.range(0, 20).mapToObj(i -> flag.formatted(i, i)).collect(Collectors.joining());
        assertThat(last(read(Syntax.YAML, many, limits)))
                .hasToString("flags:11:6: error: what has anchors is more than the limit of 100 values");
        assertThat(read(Syntax.YAML, many.replaceAll("&a[0-9]+ ", ""), limits)).isInstanceOf(FlagFile.class);
    }

    @Test
    void of_very_many_problems_the_first_are_listed_and_the_rest_is_counted() {
        String unknown = IntStream.range(0, 3_000).mapToObj(i -> "u" + i + ": 1\n  ").collect(Collectors.joining());
        Reading read = read(Syntax.YAML, "f:\n  " + unknown, Limits.DEFAULT);
        assertThat(read.problems()).hasSize(1_001);
        assertThat(read.problems().get(1_000)).hasToString("flags: warning: 2000 more warnings (is this a flag file?)");

        String wrong = IntStream.range(0, 3_000).mapToObj(i -> "w" + i + ": 1\n").collect(Collectors.joining());
        Reading refused = read(Syntax.YAML, "f:\n  " + unknown + "\n" + wrong + "@", Limits.DEFAULT);
        assertThat(refused.problems()).hasSize(2_003).filteredOn(Problem::isError).hasSize(1_002);
        assertThat(refused.problems().get(2_000).message()).contains("'@'");
        assertThat(refused.problems().get(2_001)).hasToString("flags: error: 2000 more errors (is this a flag file?)");
    }

    private static String flagsWith(Syntax syntax, String list) {
        return switch (syntax) {
            case YAML -> "f: {variations: {a: %1$s}}\ng: {variations: {a: %1$s}}".formatted(list);
            case JSON ->
                    "{\"f\": {\"variations\": {\"a\": %1$s}}, \"g\": {\"variations\": {\"a\": %1$s}}}".formatted(list);
            case TOML -> "f.variations.a = %1$s\ng.variations.a = %1$s".formatted(list);
        };
    }

    @Test
    void a_huge_key_is_read_in_json_and_toml_and_has_to_be_explicit_in_yaml() {
        String key = "k".repeat(100_000);
        assertThat(read(Syntax.JSON, "{\"" + key + "\": {}}", Limits.DEFAULT)).isInstanceOf(FlagFile.class);
        assertThat(read(Syntax.TOML, "[" + key + "]", Limits.DEFAULT)).isInstanceOf(FlagFile.class);
        assertThat(read(Syntax.YAML, "? " + key + "\n: {}", Limits.DEFAULT)).isInstanceOf(FlagFile.class);
        assertThat(last(read(Syntax.YAML, key + ": {}", Limits.DEFAULT)).location().line()).isEqualTo(1);
    }

    @Test
    void a_json_number_may_have_a_thousand_digits_and_no_more() {
        assertThat(read(Syntax.JSON, "{\"f\": {\"metadata\": {\"n\": 0." + "1".repeat(900) + "}}}", Limits.DEFAULT))
                .isInstanceOf(FlagFile.class);
        assertThat(
                last(read(Syntax.JSON, "{\"f\": {\"metadata\": {\"n\": 0." + "1".repeat(2_000) + "}}}", Limits.DEFAULT))
                        .message())
                .contains("1000");
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULT.withBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 501, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 1, -1));
    }

    private static Reading read(Syntax syntax, String text, Limits limits) {
        return FlagFile.read(Formats.open(syntax, "flags", text.getBytes(StandardCharsets.UTF_8), limits));
    }

    private static Problem last(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return reading.problems().get(reading.problems().size() - 1);
    }
}
