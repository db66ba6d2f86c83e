package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace.Comparison;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a traced run notes.
class TraceTest {
    private static final EvaluationContext USER = EvaluationContext.of(
            "u", Map.of("age", 42.9, "plan", "pro", "n", 7L, "company", Map.of("id", "c"), "l", List.of(1.0, 2.0)));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "age eq 42|true|cut to 42",
        "missing eq 1|false|attribute is missing",
        "plan eq 1|false|a string, which never compares with a number",
        "n eq \"7\"|false|a number, which never compares with a string",
        "plan gt 1.2.3|false|no SemVer version",
        "company.id.x pr|false|leads through a value that is no object",
        "company eq \"c\"|false|an object",
        "age in [42]|false|write 1.0 for 1",
        "n in 7|false|asks for a list",
        "n co 7|false|has no answer",
    })
    void says_why_a_comparison_gives_what_it_gives(String query, boolean result, String note) {
        Comparison comparison = notes(query).get(0);
        assertThat(comparison.expression()).isEqualTo(query);
        assertThat(comparison.result()).isEqualTo(result);
        assertThat(comparison.note()).contains(note);
    }

    @Test
    void notes_comparisons_in_order_and_none_that_was_skipped() {
        assertThat(notes("n eq 7 and plan eq \"free\" and age gt 1"))
                .extracting(Comparison::expression, Comparison::operand, Comparison::result)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("n eq 7", 7L, true),
                        org.assertj.core.groups.Tuple.tuple("plan eq \"free\"", "pro", false));
    }

    @Test
    void notes_every_operator_of_a_rule_with_its_evaluated_arguments() {
        List<Comparison> notes = notes(
                "{\"and\": [{\">\": [{\"+\": [{\"var\": \"n\"}, 1]}, 7]}, {\"in\": [\"x\", {\"var\": \"plan\"}]}]}");
        assertThat(notes).extracting(Comparison::expression)
                .containsExactly(
                        "{\"+\": [{\"var\": \"n\"}, 1]}",
                        "{\">\": [{\"+\": [{\"var\": \"n\"}, 1]}, 7]}",
                        "{\"in\": [\"x\", {\"var\": \"plan\"}]}",
                        "{\"and\": [{\">\": [{\"+\": [{\"var\": \"n\"}, 1]}, 7]}, {\"in\": [\"x\", {\"var\": \"plan\"}]}]}");
        assertThat(notes).extracting(Comparison::result).containsExactly(8.0, true, false, false);
        assertThat(notes.get(1).operand()).isEqualTo(List.of(8.0, 7.0));
        assertThat(notes.get(2).operand()).isEqualTo(List.of("x", "pro"));
    }

    @Test
    void says_why_a_rule_aborts() {
        assertThat(notes("{\"!\": {\"+\": [{\"var\": \"company\"}, 1]}}"))
                .extracting(Comparison::note)
                .allSatisfy(note -> assertThat(note).contains("are no numbers here"));
    }

    private static List<Comparison> notes(String query) {
        Run run = Run.traced(1_000_000);
        Evaluate.compile(query).predicate().matches(USER, run);
        return run.drain();
    }
}
