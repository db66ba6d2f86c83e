package dev.jackstaff.formats;

import static dev.jackstaff.formats.Texts.flags;
import static dev.jackstaff.formats.Texts.read;
import static dev.jackstaff.formats.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 1.3 of the evaluation rules, row by row.
class EdgeInputsTest {

    @Test
    void an_empty_file_has_no_flags_and_is_an_error_in_json() {
        assertThat(flags(Syntax.YAML, "")).isEmpty();
        assertThat(flags(Syntax.TOML, "")).isEmpty();
        for (String text : List.of("", "  \n "))
            assertThat(refusal(Syntax.JSON, text)).singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .isEqualTo("unexpected end of JSON input"));
    }

    @Test
    void only_comments_or_null_are_no_flags() {
        assertThat(flags(Syntax.YAML, "# nothing\n  # here\n")).isEmpty();
        assertThat(flags(Syntax.YAML, "null")).isEmpty();
        assertThat(flags(Syntax.YAML, "~")).isEmpty();
        assertThat(flags(Syntax.YAML, "---\n")).isEmpty();
        assertThat(flags(Syntax.YAML, "{}")).isEmpty();
        assertThat(flags(Syntax.JSON, "null")).isEmpty();
        assertThat(flags(Syntax.JSON, " {} ")).isEmpty();
        assertThat(flags(Syntax.TOML, "# nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"YAML | [f]", "YAML | text", "YAML | 12", "YAML | \"\"", "JSON | []",
        "JSON | 12", "JSON | \"f\"", "JSON | true", "TOML | f = 1"})
    void a_list_or_scalar_at_the_top_is_refused(Syntax syntax, String text) {
        assertThat(refusal(syntax, text)).singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("expected a map"));
    }

    @Test
    void a_flag_that_is_defined_twice_is_refused_but_for_json_where_the_last_one_replaces_it() {
        assertThat(refusal(Syntax.YAML, "f: {version: a}\n\"f\": {disable: true}").get(0).message())
                .isEqualTo("mapping key \"f\" already defined at line 1");
        assertThat(refusal(Syntax.TOML, "[f]\nversion = \"a\"\n[f]\ndisable = true")).hasSize(1);

        FlagDefinition last =
                flags(Syntax.JSON, "{\"f\": {\"version\": \"a\"}, \"g\": null, \"f\": {\"disable\": true}}")
                        .get("f");
        assertThat(last.disable()).isTrue();
        assertThat(last.version()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "f: {version: a, disable: true, version: b}",
        "f: {variations: {a: 1, a: 2}}",
        "f: {variations: {a: 1, 'a': 2}}",
        "f: {variations: {1: 1, '1': 2}}",
        "f: {metadata: {deep: [{x: 1, x: 2}]}}",
        "f: {<<: {version: a}, <<: {disable: true}}",
        "f: {variations: {a1: 1, a2: 1, a3: 1, a4: 1, a5: 1, a6: 1, a7: 1, a8: 1, a9: 1, a10: 1, a3: 1}}"
    })
    void a_yaml_key_that_stands_twice_is_refused(String text) {
        assertThat(refusal(Syntax.YAML, text)).singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .matches("mapping key \".*\" already defined at line 1"));
    }

    @Test
    void a_toml_key_that_stands_twice_is_refused() {
        assertThat(refusal(Syntax.TOML, "[f]\nversion = \"a\"\nversion = \"b\"")).hasSize(1);
        assertThat(refusal(Syntax.TOML, "[f.variations]\na = 1\na = 2")).hasSize(1);
    }

    @Test
    void a_json_scalar_that_stands_twice_counts_the_last_time() {
        FlagDefinition flag = flags(Syntax.JSON, """
                        {"f": {
                          "version": "a", "version": "b",
                          "disable": true, "disable": null,
                          "variations": {"x": 1, "x": 2, "y": {"p": 1}, "y": {"q": 2}}
                        }}""").get("f");
        assertThat(flag.version()).isEqualTo("b");
        assertThat(flag.disable()).isNull();
        assertThat(flag.variations()).isEqualTo(Map.of("x", 2.0, "y", Map.of("q", 2.0)));
    }

    @Test
    void json_maps_and_rules_that_stand_twice_are_merged_key_by_key() {
        FlagDefinition flag = flags(Syntax.JSON, """
                        {"f": {
                          "variations": {"a": 1, "b": 2},
                          "defaultRule": {"variation": "a", "percentage": {"a": 10, "b": 90},
                                          "progressiveRollout": {"initial": {"variation": "a"}}},
                          "targeting": [{"name": "one", "query": "x eq 1"}, {"name": "two"}, {"name": "three"}],
                          "metadata": {"m": {"x": 1}},
                          "variations": {"b": 3, "c": 4},
                          "defaultRule": {"name": "d", "percentage": {"b": 20},
                                          "progressiveRollout": {"initial": {"percentage": 5}, "end": {}}},
                          "Targeting": [{"query": "x eq 2"}, null],
                          "metadata": {"m": {"y": 2}, "n": 1}
                        }}""").get("f");
        assertThat(flag.variations()).isEqualTo(Map.of("a", 1.0, "b", 3.0, "c", 4.0));
        assertThat(flag.metadata()).isEqualTo(Map.of("m", Map.of("y", 2.0), "n", 1.0));
        RuleDefinition rule = flag.defaultRule();
        assertThat(rule.name()).isEqualTo("d");
        assertThat(rule.variation()).isEqualTo("a");
        assertThat(rule.percentage()).isEqualTo(Map.of("a", 10.0, "b", 20.0));
        assertThat(rule.progressiveRollout().initial().variation()).isEqualTo("a");
        assertThat(rule.progressiveRollout().initial().percentage()).isEqualTo(5.0);
        assertThat(rule.progressiveRollout().end()).isNotNull();
        assertThat(flag.targeting()).extracting(RuleDefinition::name).containsExactly("one", "two");
        assertThat(flag.targeting()).extracting(RuleDefinition::query).containsExactly("x eq 2", null);
    }

    @Test
    void json_that_sets_something_twice_is_warned_about() {
        Reading reading = read(Syntax.JSON,
                "{\"f\": {\"version\": \"a\", \"Version\": \"b\"}, \"f\": {\"variations\": {\"a\": 1, \"a\": 1}}}");
        assertThat(reading.problems())
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem.isError()).isFalse())
                .extracting(problem -> problem.path())
                .containsExactly("f.version", "f", "f.variations.a");
    }

    @Test
    void of_several_yaml_documents_the_first_is_read_and_the_others_are_warned_about() {
        Reading reading = read(Syntax.YAML, "f: {version: a}\n---\ng: {version: b}\n");
        assertThat(((FlagFile) reading).flags()).containsOnlyKeys("f");
        assertThat(reading.problems())
                .singleElement()
                .hasToString("flags:2:1: warning: only the first document of the file is read "
                        + "(remove the line \"---\", or put the second document into a file of its own)");
        assertThat(read(Syntax.YAML, "---\nf: {}\n...\n").problems()).isEmpty();
        assertThat(flags(Syntax.YAML, "f: {version: a}\n---\n@ no yaml at all")).containsOnlyKeys("f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} x", "{}{}", "{}]", "null 1"})
    void text_after_a_json_value_is_refused(String text) {
        assertThat(refusal(Syntax.JSON, text)).hasSize(1);
    }

    @Test
    void a_flag_that_is_null_is_an_empty_definition() {
        for (FlagDefinition flag : List.of(
                flags(Syntax.YAML, "f:").get("f"),
                flags(Syntax.YAML, "f: ~").get("f"),
                flags(Syntax.JSON, "{\"f\": null}").get("f"))) {
            assertThat(flag.key()).isEqualTo("f");
            assertThat(flag.variations()).isNull();
            assertThat(flag.defaultRule()).isNull();
        }
    }

    /// A deviation: the original does not look into what it ignores.
    @Test
    void what_is_wrong_inside_an_unknown_yaml_field_refuses_the_file() {
        assertThat(refusal(Syntax.YAML, "f: {extra: {x: 1, x: 2}}")).singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo(
                        "mapping key \"x\" already defined at line 1"));
        assertThat(refusal(Syntax.YAML, "f: {extra: !!int nope}")).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("!!int"));
    }

    /// A deviation: the original puts one for each byte.
    @Test
    void a_json_character_that_breaks_off_reads_as_one_replacement_character() {
        byte[] text = "{\"f\": {\"version\": \"a\u20AC(b\"}}".getBytes(StandardCharsets.UTF_8);
        byte[] brokenOff = new byte[text.length - 1];
        int last = new String(text, StandardCharsets.ISO_8859_1).indexOf('(') - 1;
        System.arraycopy(text, 0, brokenOff, 0, last);
        System.arraycopy(text, last + 1, brokenOff, last, text.length - last - 1);
        Reading reading = FlagFile.read(Formats.open(Syntax.JSON, "flags", brokenOff));
        assertThat(((FlagFile) reading).flags().get("f").version()).isEqualTo("a\uFFFD(b");
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void unknown_fields_are_ignored_with_a_warning(Syntax syntax) {
        String text = switch (syntax) {
            case YAML -> "f: {disabled: true, version: a}";
            case JSON -> "{\"f\": {\"disabled\": true, \"version\": \"a\"}}";
            case TOML -> "[f]\ndisabled = true\nversion = \"a\"";
        };
        Reading reading = read(syntax, text);
        assertThat(((FlagFile) reading).flags().get("f").version()).isEqualTo("a");
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isFalse();
            assertThat(problem.flagKey()).isEqualTo("f");
            assertThat(problem.path()).isEqualTo("f.disabled");
            assertThat(problem.hint()).isEqualTo("did you mean \"disable\"?");
        });
    }

    @Test
    void the_converter_of_old_files_is_accepted_in_silence() {
        assertThat(read(Syntax.YAML, "f: {converter: v0}").problems()).isEmpty();
        assertThat(read(Syntax.JSON, "{\"f\": {\"converter\": \"v0\"}}").problems()).isEmpty();
    }

    @Test
    void field_names_are_exact_in_yaml_and_of_any_case_in_json_and_toml() {
        assertThat(flags(Syntax.YAML, "f: {Version: a}").get("f").version()).isNull();
        assertThat(
                flags(Syntax.JSON, "{\"f\": {\"VERSION\": \"a\", \"DefaultRule\": {\"Variation\": \"x\"}}}").get("f"))
                .satisfies(flag -> assertThat(flag.version()).isEqualTo("a"))
                .satisfies(flag -> assertThat(flag.defaultRule().variation()).isEqualTo("x"));
        assertThat(flags(Syntax.TOML, "[f]\nVERSION = \"a\"").get("f").version()).isEqualTo("a");
        assertThat(flags(Syntax.JSON, "{\"f\": {}, \"F\": {}}")).containsOnlyKeys("f", "F");
        assertThat(flags(Syntax.JSON, "{\"f\": {\"variations\": {\"a\": 1, \"A\": 2}}}").get("f").variations())
                .isEqualTo(Map.of("a", 1.0, "A", 2.0));
    }

    @Test
    void a_byte_order_mark_is_accepted_but_in_json() {
        assertThat(flags(Syntax.YAML, "\uFEFFf: {version: a}")).containsOnlyKeys("f");
        assertThat(flags(Syntax.TOML, "\uFEFF[f]\nversion = \"a\"")).containsOnlyKeys("f");
        assertThat(refusal(Syntax.JSON, "\uFEFF{}"))
                .singleElement()
                .hasToString(
                        "flags:1:1: error: JSON must not begin with a byte order mark (save the file as UTF-8 without BOM)");
        assertThat(refusal(Syntax.YAML, "\uFEFFf: @").get(0).location().column()).isEqualTo(4);
    }

    @Test
    void yaml_may_be_utf_16_with_a_byte_order_mark() {
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] text = "\uFEFFf: {version: ü}".getBytes(charset);
            Reading reading = FlagFile.read(Formats.open(Syntax.YAML, "flags", text));
            assertThat(((FlagFile) reading).flags().get("f").version()).isEqualTo("ü");
        }
        byte[] json = "{}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(FlagFile.read(Formats.open(Syntax.JSON, "flags", json))).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void bytes_that_are_no_utf_8_are_replaced_in_json_and_refused_elsewhere() {
        Reading json =
                FlagFile.read(Formats.open(Syntax.JSON, "flags", bytes("{\"f\": {\"version\": \"a", 0xFF, "b\"}}")));
        assertThat(((FlagFile) json).flags().get("f").version()).isEqualTo("a\uFFFDb");
        assertThat(FlagFile.read(Formats.open(Syntax.YAML, "flags", bytes("f:\n  version: a", 0xFF, "b"))).problems())
                .singleElement()
                .hasToString("flags:2:13: error: the text is not valid UTF-8 here (save the file as UTF-8)");
        assertThat(FlagFile.read(Formats.open(Syntax.TOML, "flags", bytes("[f]\nversion = \"", 0xC3, "\"")))
                .problems())
                .singleElement()
                .hasToString("flags:2:12: error: the text is not valid UTF-8 here (save the file as UTF-8)");
    }

    @Test
    void toml_has_no_control_characters_but_tabs_and_line_ends() {
        assertThat(flags(Syntax.TOML, "[f]\r\n\tversion = \"a\" # \tx\r\n")).containsOnlyKeys("f");
        assertThat(refusal(Syntax.TOML, "[f]\nvariations = {a = 1,#c\r}")).singleElement()
                .hasToString(
                        "flags:2:23: error: the character U+000D must not stand in a TOML text (end lines with a line feed)");
        assertThat(refusal(Syntax.TOML, "[f]\nvariations = {a = 1,#c\u007f")).singleElement()
                .hasToString(
                        "flags:2:23: error: the character U+007F must not stand in a TOML text "
                                + "(write it as an escape sequence in double quotes)");
    }

    private static byte[] bytes(String before, int bad, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        out.write(bad);
        out.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @Test
    void yaml_anchors_are_flags_and_can_be_merged() {
        Map<String, FlagDefinition> flags = flags(Syntax.YAML, """
                base: &base
                  version: a
                  disable: true
                  defaultRule: &rule {variation: x}
                f:
                  <<: *base
                  version: b
                g:
                  defaultRule: *rule
                """);
        assertThat(flags).containsOnlyKeys("base", "f", "g");
        assertThat(flags.get("f").version()).isEqualTo("b");
        assertThat(flags.get("f").disable()).isTrue();
        assertThat(flags.get("g").defaultRule()).isEqualTo(flags.get("base").defaultRule());
    }

    @Test
    void of_several_merged_yaml_maps_the_first_counts() {
        FlagDefinition flag = flags(Syntax.YAML, """
                a: &a {version: a, bucketingKey: a}
                b: &b {<<: {trackEvents: true, version: inner}, version: b, disable: true}
                f:
                  <<: [*a, *b, {metadata: {m: 1}, disable: false}]
                """).get("f");
        assertThat(flag.version()).isEqualTo("a");
        assertThat(flag.bucketingKey()).isEqualTo("a");
        assertThat(flag.disable()).isTrue();
        assertThat(flag.trackEvents()).isTrue();
        assertThat(flag.metadata()).isEqualTo(Map.of("m", 1L));
    }

    @Test
    void a_merge_key_works_at_the_top_and_a_quoted_one_is_a_key_like_any_other() {
        assertThat(flags(Syntax.YAML, "<<: {f: {version: a}, g: {version: b}}\nf: {version: c}\n"))
                .containsOnlyKeys("f", "g")
                .satisfies(flags -> assertThat(flags.get("f").version()).isEqualTo("c"));
        assertThat(flags(Syntax.YAML, "'<<': {version: a}")).containsOnlyKeys("<<");
        assertThat(flags(Syntax.YAML, "!!merge '<<': {f: {version: a}}")).containsOnlyKeys("f");
    }

    @Test
    void a_null_key_is_passed_over_in_yaml() {
        Reading reading = read(Syntax.YAML, "~: {version: a}\nf: {variations: {~: 1, a: 2}}");
        assertThat(((FlagFile) reading).flags()).containsOnlyKeys("f");
        assertThat(((FlagFile) reading).flags().get("f").variations()).isEqualTo(Map.of("a", 2L));
        assertThat(reading.problems()).hasSize(2);
    }

    @Test
    void a_null_rule_is_passed_over_in_yaml_and_an_empty_rule_in_json() {
        FlagFile yaml = (FlagFile) read(Syntax.YAML, "f: {targeting: [~, {name: a}]}");
        assertThat(yaml.flags().get("f").targeting()).extracting(RuleDefinition::name).containsExactly("a");
        assertThat(yaml.problems()).hasSize(1);
        assertThat(flags(Syntax.JSON, "{\"f\": {\"targeting\": [null, {\"name\": \"a\"}]}}").get("f").targeting())
                .extracting(RuleDefinition::name)
                .containsExactly(null, "a");
    }
}
