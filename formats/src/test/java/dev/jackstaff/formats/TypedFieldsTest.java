package dev.jackstaff.formats;

import static dev.jackstaff.formats.Texts.flags;
import static dev.jackstaff.formats.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 1.4 of the evaluation rules: what fields that have a type take.
class TypedFieldsTest {

    // Vector 150.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1.10 | 1.10",
        "true | true",
        "2024-01-01 | 2024-01-01",
        "0x1F | 0x1F",
        "1_000 | 1_000",
        "'quoted' | quoted",
        "!!binary aGVsbG8= | hello",
        "!!int 7 | 7",
        "yes | yes"
    })
    void a_yaml_string_is_any_scalar_as_it_was_written(String written, String text) {
        FlagDefinition flag = flags(
                Syntax.YAML,
                "f: {version: %1$s, bucketingKey: %1$s, defaultRule: {variation: %1$s, name: %1$s, query: %1$s}}"
                        .formatted(written))
                .get("f");
        assertThat(List.of(
                flag.version(),
                flag.bucketingKey(),
                flag.defaultRule().variation(),
                flag.defaultRule().name(),
                flag.defaultRule().query()))
                .containsOnly(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a]", "{a: b}"})
    void a_yaml_string_is_no_list_and_no_map(String written) {
        assertThat(refusal(Syntax.YAML, "f: {version: " + written + "}")).hasSize(1);
    }

    // Vector 150.
    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{}", "1.5"})
    void a_json_string_is_nothing_but_a_string(String written) {
        assertThat(refusal(Syntax.JSON, "{\"f\": {\"version\": " + written + "}}")).hasSize(1);
        assertThat(refusal(Syntax.JSON, "{\"f\": {\"defaultRule\": {\"variation\": " + written + "}}}")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{}", "1.5", "2024-01-01"})
    void a_toml_string_is_nothing_but_a_string(String written) {
        assertThat(refusal(Syntax.TOML, "[f]\nversion = " + written)).hasSize(1);
    }

    // Vector 149.
    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "\"on\"", "'yes'",
        "\"y\""})
    void yaml_words_for_true(String written) {
        assertThat(flags(Syntax.YAML, "f: {disable: " + written + "}").get("f").disable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "Off", "OFF", "\"off\"",
        "'no'"})
    void yaml_words_for_false(String written) {
        assertThat(flags(Syntax.YAML, "f: {disable: " + written + "}").get("f").disable()).isFalse();
    }

    // Vector 149.
    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "'false'", "1", "0", "\"\"", "oN", "[]", "{}", "1.0", "2024-01-01",
        "!!str true"})
    void what_is_no_yaml_boolean_refuses_the_file(String written) {
        assertThat(refusal(Syntax.YAML, "f: {disable: " + written + "}\ng: {version: a}")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "\"on\"", "1", "0", "[]", "{}"})
    void a_json_or_toml_boolean_is_nothing_but_a_boolean(String written) {
        assertThat(refusal(Syntax.JSON, "{\"f\": {\"trackEvents\": " + written + "}}")).hasSize(1);
        assertThat(refusal(Syntax.TOML, "[f]\ntrackEvents = " + written)).hasSize(1);
        assertThat(flags(Syntax.JSON, "{\"f\": {\"trackEvents\": false}}").get("f").trackEvents()).isFalse();
        assertThat(flags(Syntax.TOML, "[f]\ntrackEvents = true").get("f").trackEvents()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "0x10, 16", "1_0, 10", "33.3, 33.3", "-1, -1", ".inf, Infinity", ".nan, NaN",
        "18446744073709551615, 18446744073709551615", "null, 0", "~, 0"})
    void a_yaml_percentage_is_any_number(String written, Double number) {
        assertThat(percentage(Syntax.YAML, "f: {defaultRule: {percentage: {a: " + written + "}}}")).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"10\"", "10%", "true", "[]", "ten", "2024-01-01"})
    void a_yaml_percentage_is_nothing_but_a_number(String written) {
        assertThat(refusal(Syntax.YAML, "f: {defaultRule: {percentage: {a: " + written + "}}}")).hasSize(1);
        assertThat(refusal(
                Syntax.YAML, "f: {defaultRule: {progressiveRollout: {end: {percentage: " + written + "}}}}"))
                .hasSize(1);
    }

    @Test
    void a_json_or_toml_percentage_is_a_number() {
        assertThat(percentage(Syntax.JSON, "{\"f\": {\"defaultRule\": {\"percentage\": {\"a\": 33.3}}}}"))
                .isEqualTo(33.3);
        assertThat(percentage(Syntax.JSON, "{\"f\": {\"defaultRule\": {\"percentage\": {\"a\": null}}}}")).isZero();
        assertThat(percentage(Syntax.TOML, "[f.defaultRule.percentage]\na = 33")).isEqualTo(33.0);
        assertThat(percentage(Syntax.TOML, "[f.defaultRule.percentage]\na = 33.3")).isEqualTo(33.3);
        assertThat(refusal(Syntax.JSON, "{\"f\": {\"defaultRule\": {\"percentage\": {\"a\": \"10\"}}}}")).hasSize(1);
        assertThat(refusal(Syntax.TOML, "[f.defaultRule.percentage]\na = \"10\"")).hasSize(1);
    }

    private static Double percentage(Syntax syntax, String text) {
        return flags(syntax, text).get("f").defaultRule().percentage().get("a");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01, 2024-01-01T00:00Z",
        "2024-1-2, 2024-01-02T00:00Z",
        "2024-01-01 10:00:00, 2024-01-01T10:00Z",
        "2024-01-01T10:00:00+02:00, 2024-01-01T10:00+02:00",
        "'\"2024-01-01T10:00:00Z\"', 2024-01-01T10:00Z",
        "'\"2024-01-01T1:00:00,5Z\"', 2024-01-01T01:00:00.5Z",
        "'!!str 2024-01-01T10:00:00Z', 2024-01-01T10:00Z"
    })
    void yaml_dates(String written, OffsetDateTime date) {
        assertThat(
                flags(Syntax.YAML, "f: {experimentation: {start: " + written + "}}").get("f").experimentation().start())
                .isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2024-01-01\"", "2024-13-01", "1704067200", "soon", "\"\"", "2024-01-01T10:00:00", "true",
        "[]", "\"2024-01-01 10:00:00\""})
    void what_is_no_yaml_date_refuses_the_file(String written) {
        assertThat(refusal(Syntax.YAML, "f: {scheduledRollout: [{date: " + written + "}]}")).hasSize(1);
    }

    @Test
    void json_dates_are_strings() {
        assertThat(flags(Syntax.JSON, "{\"f\": {\"experimentation\": {\"end\": \"2024-01-01T10:00:00.5+02:00\"}}}")
                .get("f")
                .experimentation()
                .end())
                .isEqualTo(OffsetDateTime.parse("2024-01-01T10:00:00.5+02:00"));
        for (String written : List.of("\"2024-01-01\"", "1704067200", "\"2024-01-01t10:00:00Z\"",
                "\"2024-01-01T10:00Z\""))
            assertThat(refusal(Syntax.JSON, "{\"f\": {\"experimentation\": {\"end\": " + written + "}}}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-07-01T10:00:00Z, 2024-07-01T10:00Z",
        "2024-07-01 10:00:00+02:00, 2024-07-01T10:00+02:00",
        "2024-07-01T10:00:00, 2024-07-01T10:00+02:00",
        "2024-01-01T10:00:00, 2024-01-01T10:00+01:00",
        "2024-07-01, 2024-07-01T00:00+02:00",
        "10:30:00, 0000-01-01T10:30+01:00"
    })
    void toml_dates_without_a_zone_are_in_the_zone_of_the_host(String written, OffsetDateTime date) throws Exception {
        byte[] text = ("[f]\nd = " + written).getBytes(StandardCharsets.UTF_8);
        List<Object> values = new ArrayList<>();
        new TomlDocument(text, new Refusals("flags", Limits.DEFAULT), ZoneId.of("Europe/Paris"))
                .forEachMember((key, flag) -> values.add(
                        ((dev.jackstaff.engine.document.Node.Scalar) ((dev.jackstaff.engine.document.Node.Mapping) flag)
                                .members()
                                .get(0)
                                .value())
                                .value()));
        assertThat(values).containsExactly(date);
    }

    @Test
    void a_toml_date_may_be_a_string() {
        assertThat(flags(Syntax.TOML, "[f.experimentation]\nstart = \"2024-01-01T10:00:00Z\"").get("f")
                .experimentation()
                .start())
                .isEqualTo(OffsetDateTime.parse("2024-01-01T10:00Z"));
        assertThat(refusal(Syntax.TOML, "[f.experimentation]\nstart = \"2024-01-01\"")).hasSize(1);
        assertThat(refusal(Syntax.TOML, "[f.experimentation]\nstart = 1")).hasSize(1);
    }

    @Test
    void a_yaml_name_is_the_text_of_its_scalar() {
        assertThat(
                flags(Syntax.YAML, "f: {variations: {on: 1, 1.10: 2, true: 3, 2024-01-01: 4}}").get("f").variations())
                .containsOnlyKeys("on", "1.10", "true", "2024-01-01");
        assertThat(flags(Syntax.YAML, "f: {metadata: {1: {2: x, y: z}}}").get("f").metadata()).containsOnlyKeys("1");
        assertThat(flags(Syntax.YAML, "1.10: {version: a}\non: {version: b}")).containsOnlyKeys("1.10", "on");
    }

    @Test
    void null_is_absent_for_every_optional_field() {
        FlagDefinition yaml = flags(Syntax.YAML, """
                f:
                  variations:
                  targeting: ~
                  bucketingKey: null
                  defaultRule:
                  experimentation: ~
                  scheduledRollout: ~
                  trackEvents: Null
                  disable: NULL
                  version:
                  metadata: ~
                """).get("f");
        FlagDefinition nothing = flags(Syntax.YAML, "f:").get("f");
        assertThat(Changes.between(Map.of("f", nothing), Map.of("f", yaml))).matches(Changes::isEmpty);
        FlagDefinition json = flags(
                Syntax.JSON,
                "{\"f\": {\"variations\": null, \"targeting\": null, \"defaultRule\": null, \"disable\": null, \"version\": null}}")
                .get("f");
        assertThat(Changes.between(Map.of("f", nothing), Map.of("f", json))).matches(Changes::isEmpty);
        assertThat(flags(Syntax.YAML, "f: {defaultRule: {progressiveRollout: {end: {percentage: ~, date: ~}}}}")
                .get("f")
                .defaultRule()
                .progressiveRollout()
                .end())
                .satisfies(end -> assertThat(end.percentage()).isNull())
                .satisfies(end -> assertThat(end.date()).isNull());
    }

    @Test
    void empty_is_not_absent() {
        FlagDefinition flag =
                flags(Syntax.YAML, "f: {targeting: [], scheduledRollout: [], metadata: {}, version: ''}").get("f");
        assertThat(flag.targeting()).isEmpty();
        assertThat(flag.scheduledRollout()).isEmpty();
        assertThat(flag.metadata()).isEmpty();
        assertThat(flag.version()).isEmpty();
    }

    @Test
    void every_field_of_the_model_is_read() {
        FlagDefinition flag = flags(Syntax.YAML, """
                f:
                  variations: {on: true, off: false}
                  targeting:
                    - name: rule
                      query: a eq 1
                      variation: on
                      percentage: {on: 10, off: 90}
                      progressiveRollout:
                        initial: {variation: off, percentage: 5, date: 2024-01-01}
                        end: {variation: on, percentage: 95, date: 2024-01-02}
                      disable: true
                  bucketingKey: company.id
                  defaultRule: {variation: off}
                  experimentation: {start: 2024-01-01, end: 2024-01-02}
                  scheduledRollout:
                    - date: 2024-01-03
                      variations: {on: 1}
                      targeting: [{name: rule}]
                      bucketingKey: k
                      defaultRule: {variation: on}
                      experimentation: {end: 2024-01-04}
                      scheduledRollout: []
                      trackEvents: true
                      disable: false
                      version: 2
                      metadata: {m: 1}
                  trackEvents: false
                  disable: true
                  version: 1
                  metadata: {owner: us}
                """).get("f");
        assertThat(flag).hasNoNullFieldsOrProperties();
        assertThat(flag.targeting().get(0)).hasNoNullFieldsOrProperties();
        assertThat(flag.targeting().get(0).progressiveRollout().initial()).hasNoNullFieldsOrProperties();
        assertThat(flag.targeting().get(0).progressiveRollout().end()).hasNoNullFieldsOrProperties();
        assertThat(flag.experimentation()).hasNoNullFieldsOrProperties();
        assertThat(flag.scheduledRollout().get(0)).hasNoNullFieldsOrProperties();
    }

    // Vector 151, as far as it concerns reading.
    @Test
    void yaml_variations_of_several_kinds_are_read_as_they_are() {
        assertThat(flags(Syntax.YAML, "f: {variations: {A: 1, B: 1.5, C: yes, D: true}}").get("f").variations())
                .isEqualTo(Map.of("A", 1L, "B", 1.5, "C", "yes", "D", true));
    }

    // Vector 158.
    @Test
    void what_counts_as_a_change_of_a_file() {
        assertThat(updated("f: {variations: {A: 1}}", "f: {variations: {A: 1.0}}")).isTrue();
        assertThat(updated("f: {version: a}", "f: {version: a, disable: false}")).isTrue();
        assertThat(updated("f: {experimentation: {start: 2024-01-01T10:00:00Z}}",
                "f: {experimentation: {start: 2024-01-01T12:00:00+02:00}}"))
                .isFalse();
        assertThat(updated("f: {version: a, metadata: {a: 1, b: 2}}", "f: {metadata: {b: 2, a: 1}, version: a}"))
                .isFalse();
        assertThat(updated("f: {version: a}", "# moved\n\nf: {converter: x, unknown: y, version: 'a'}")).isFalse();
    }

    private static boolean updated(String before, String after) {
        return !Changes.between(flags(Syntax.YAML, before), flags(Syntax.YAML, after)).isEmpty();
    }

    @Test
    void every_wrong_type_is_told_and_then_what_stopped_the_parser() {
        assertThat(refusal(Syntax.YAML, "f: {disable: 1, version: []}\ng: {trackEvents: 2}\nh: @"))
                .extracting(problem -> problem.location().line())
                .containsExactly(1, 1, 2, 3);
    }

    @Test
    void a_document_that_is_walked_says_what_is_wrong_with_it() {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                MalformedDocumentException.class,
                () -> Texts.open(Syntax.JSON, "[").forEachMember((key, value) -> {}))
                .problem()
                .location())
                .hasToString("flags:1:2");
    }
}
