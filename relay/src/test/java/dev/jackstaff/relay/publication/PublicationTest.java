package dev.jackstaff.relay.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.UnencodableValueException;
import dev.jackstaff.relay.TestFlags;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublicationTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.9Z");
    private static final String F = "f: {variations: {a: 1}, defaultRule: {variation: a}}\n";

    /// Row 58 of the relay specification's vectors, recorded from GO Feature Flag v1.55.2.
    @Test
    void the_hashes_of_flags_are_those_of_the_original() {
        Tagged answer = first(TestFlags.yaml(TestFlags.resource("fixture.yaml"))).flagChange(false);
        assertThat(text(answer)).isEqualTo("{\"hash\":1345150910,\"flags\":{\"ns:key\":341232908,\"num\":2127513050,"
                + "\"obj\":1341838404,\"off\":773047105,\"split\":3731955267}}\n");
        assertThat(answer.etag()).isEqualTo("\"118-f6992219206a938650f4227b277efa29de2ee29d\"");
    }

    @Test
    void without_flags_every_answer_is_there_and_empty() {
        Publication none = first(Snapshot.empty(CompileOptions.DEFAULT));
        assertThat(text(none.flagChange(false))).isEqualTo("{\"hash\":1415952421,\"flags\":{}}\n");
        assertThat(text(none.configuration(false))).isEqualTo("{\"flags\":{}}\n");
        assertThat(text(none.manifest(false))).isEqualTo("{\"flags\":[]}\n");
        assertThat(none.lastModified()).isEqualTo("Mon, 01 Jan 0001 00:00:00 GMT");
    }

    @Test
    void the_configuration_has_the_flags_that_are_asked_for_and_the_enrichment() {
        CompileOptions options = CompileOptions.DEFAULT.withEnrichment(Map.of("env", "prod"));
        Publication publication =
                first(TestFlags.compiled(Syntax.YAML, F + F.replace("f:", "g:"), options));
        assertThat(text(publication.configuration(List.of("g", "ghost", "g"), false)))
                .isEqualTo("{\"flags\":{\"g\":{\"variations\":{\"a\":1},\"defaultRule\":{\"variation\":\"a\"}}},"
                        + "\"evaluationContextEnrichment\":{\"env\":\"prod\"}}\n");
        assertThat(text(publication.configuration(false))).contains("\"f\":").contains("\"g\":");
        assertThat(text(publication.configuration(true))).startsWith("{\n  \"flags\": {\n    \"f\": {\n");
    }

    @Test
    void what_is_the_same_for_everybody_is_written_once() {
        Publication publication = first(TestFlags.yaml(F));
        assertThat(publication.flagChange(false)).isSameAs(publication.flagChange(false));
        assertThat(publication.configuration(false)).isSameAs(publication.configuration(false));
        assertThat(publication.manifest(false)).isSameAs(publication.manifest(false));
    }

    /// Recorded, but for the lists and dates, which fail the whole manifest in the original (R-D34).
    @Test
    void the_manifest_has_types_and_leaves_out_flags_that_have_none() {
        Publication publication = first(TestFlags.yaml("""
                a: {variations: {a: true}, defaultRule: {variation: a}, metadata: {defaultValue: true, description: b}}
                b: {variations: {a: 1, b: 2.0}, defaultRule: {variation: a}, metadata: {defaultValue: 2}}
                c: {variations: {a: 1, b: 2.5}, defaultRule: {variation: a}, metadata: {defaultValue: mismatch}}
                d: {variations: {a: x}, defaultRule: {variation: a}, disable: true, metadata: {defaultValue: null, description: [x]}}
                e: {variations: {a: {k: 1}}, defaultRule: {variation: a}, metadata: {defaultValue: {z: 1, a: <>}}}
                f: {variations: {a: 1.0}, defaultRule: {variation: a}, metadata: {defaultValue: 1.0}}
                g: {variations: {a: 18446744073709551615}, defaultRule: {variation: a}, metadata: {defaultValue: 0}}
                list: {variations: {a: [1]}, defaultRule: {variation: a}, metadata: {defaultValue: []}}
                date: {variations: {a: 2024-01-01}, defaultRule: {variation: a}, metadata: {defaultValue: 0}}
                other: {variations: {a: x}, defaultRule: {variation: a}, metadata: {description: no default}}
                plain: {variations: {a: x}, defaultRule: {variation: a}}
                """));
        assertThat(text(publication.manifest(false)))
                .isEqualTo(
                        "{\"flags\":[{\"key\":\"a\",\"type\":\"boolean\",\"defaultValue\":true,\"description\":\"b\"},"
                                + "{\"key\":\"b\",\"type\":\"integer\",\"defaultValue\":2,\"description\":\"\"},"
                                + "{\"key\":\"c\",\"type\":\"float\",\"defaultValue\":\"mismatch\",\"description\":\"\"},"
                                + "{\"key\":\"d\",\"type\":\"string\",\"defaultValue\":null,\"description\":\"\"},"
                                + "{\"key\":\"e\",\"type\":\"object\",\"defaultValue\":{\"a\":\"\\u003c\\u003e\",\"z\":1},\"description\":\"\"},"
                                + "{\"key\":\"f\",\"type\":\"float\",\"defaultValue\":1,\"description\":\"\"},"
                                + "{\"key\":\"g\",\"type\":\"integer\",\"defaultValue\":0,\"description\":\"\"}]}\n");
    }

    /// R-D20.
    @Test
    void last_modified_moves_only_when_the_configuration_changes_and_never_back() {
        Publication first = first(TestFlags.yaml(F));
        assertThat(first.lastModified()).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
        Publication same = Publication.of(TestFlags.yaml("# edited\n" + F), first, NOW.plusSeconds(60));
        assertThat(same.lastModified()).isEqualTo(first.lastModified());
        Publication other = Publication.of(TestFlags.yaml(F.replace("1", "2")), same, NOW.plusSeconds(120));
        assertThat(other.lastModified()).isEqualTo("Fri, 02 Jan 2026 03:06:05 GMT");
        Publication clockSetBack = Publication.of(TestFlags.yaml(F), other, NOW.minusSeconds(3600));
        assertThat(clockSetBack.lastModified()).isEqualTo(other.lastModified());
    }

    /// R-D45 under `compatibility: exact`.
    @Test
    void a_value_without_json_form_fails_the_answers_that_contain_it_and_no_others() {
        Publication publication = first(TestFlags.compiled(
                Syntax.YAML,
                F + "nan: {variations: {a: .nan}, defaultRule: {variation: a}}\n",
                CompileOptions.DEFAULT.withCompatibility(Compatibility.EXACT)));
        assertThatThrownBy(() -> publication.configuration(false)).isInstanceOf(UnencodableValueException.class);
        assertThatThrownBy(() -> publication.flagChange(false)).isInstanceOf(UnencodableValueException.class);
        assertThat(text(publication.configuration(List.of("f"), false))).contains("\"f\":");
        assertThat(text(publication.manifest(false))).isEqualTo("{\"flags\":[]}\n");
    }

    private static Publication first(Snapshot snapshot) {
        return Publication.of(snapshot, null, NOW);
    }

    private static String text(Tagged answer) {
        assertThat(answer.etag()).isEqualTo(answer.body().etag());
        return text(answer.body());
    }

    private static String text(Body body) {
        return new String(body.copy(), StandardCharsets.UTF_8);
    }
}
