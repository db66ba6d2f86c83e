package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules that would take forever, or all memory, end.
class FuelTest {
    private static final long FUEL = 2_000_000;
    private static final Map<String, Object> SELF = Map.of("cat", List.of(branch(), branch()));

    private static Map<String, Object> branch() {
        return Map.of("if", List.of(true, Map.of("var", "self")));
    }

    private static final EvaluationContext USER = EvaluationContext.of(
            "k",
            Map.of(
                    "l", Collections.nCopies(500, 1.0), "self", SELF, "s", "a".repeat(100_000), "digits",
                    "1".repeat(100_000),
                    "loop", Map.of("if", List.of(true, Map.of("var", "loop")))));

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"reduce\":[{\"var\":\"l\"},{\"cat\":[{\"var\":\"accumulator\"},{\"var\":\"accumulator\"}]},\"xx\"]}",
        "{\"none\":[{\"var\":\"l\"},{\"some\":[{\"var\":\"l\"},{\"some\":[{\"var\":\"l\"},{\"==\":[{\"var\":\".x\"},2]}]}]}]}",
        "{\"in\":[{\"cat\":[{\"var\":\"s\"},\"b\"]},{\"cat\":[{\"var\":\"s\"},{\"var\":\"s\"}]}]}",
        "{\"none\":[{\"var\":\"l\"},{\"==\":[{\"cat\":[{\"var\":\"digits\"},\"1\"]},2]}]}",
        "{\"none\":[{\"var\":\"l\"},{\">\":[{\"var\":\"digits\"},{\"+\":[{\"var\":\"digits\"},1]}]}]}",
    })
    void a_hostile_rule_runs_out_of_steps(String rule) {
        Predicate predicate = Evaluate.compile(rule).predicate();
        assertThat(predicate.stepBound(USER.size())).isGreaterThan(FUEL);
        Run run = Run.metered(FUEL);
        assertThat(predicate.matches(USER, run)).isFalse();
        assertThat(run.exhausted()).isTrue();
    }

    @Test
    void a_value_that_leads_to_itself_twice_aborts_on_the_first_way_down() {
        assertThat(Evaluate.matches("{\"if\":[true,{\"var\":\"self\"}]}", USER)).isFalse();
    }

    @Test
    void a_value_that_leads_to_itself_aborts() {
        assertThat(Evaluate.matches("{\"if\":[true,{\"var\":\"loop\"}]}", USER)).isFalse();
    }

    @Test
    void deep_values_that_lead_to_themselves_do_not_overflow_a_small_stack() throws InterruptedException {
        Object deep = Map.of("if", List.of(true, Map.of("var", "deep")));
        for (int i = 0; i < 100; i++) deep = Map.of("!", deep);
        EvaluationContext user = EvaluationContext.of("k", Map.of("deep", deep, "l", List.of(1L)));
        Throwable[] thrown = new Throwable[1];
        Thread small = new Thread(null, () -> {
            Evaluate.matches("{\"if\":[true,{\"var\":\"deep\"}]}", user);
            Evaluate.matches("{\"filter\":[{\"var\":\"l\"},{\"!\":{\"var\":\"deep\"}}]}", user);
        }, "small stack", 512 << 10);
        small.setUncaughtExceptionHandler((thread, error) -> thrown[0] = error);
        small.start();
        small.join();
        assertThat(thrown[0]).isNull();
    }

    @Test
    void a_value_that_is_a_rule_beyond_the_limits_of_queries_is_evaluated_all_the_same() {
        EvaluationContext user = EvaluationContext.of("k", Map.of("r", Map.of("var", "a" + ".a".repeat(500))));
        assertThat(Evaluate.matches("{\"if\":[true,{\"var\":\"r\"}]}", user)).isFalse();
    }

    @Test
    void ordinary_queries_have_a_small_bound() {
        for (String query : List.of(
                "age ge 18 and country in [\"FR\",\"BE\"] or email ew \"@corp.example\" and v gt 1.2.3",
                "{\"and\":[{\">\":[{\"var\":\"age\"},18]},{\"in\":[{\"var\":\"c\"},[\"a\",\"b\"]]},{\"!\":{\"var\":\"x\"}}]}",
                "{\"if\":[{\"==\":[{\"var\":\"a\"},1]},true,{\"missing\":[\"x\",\"y\"]}]}",
                "{\"some\":[{\"var\":\"l\"},{\">\":[{\"var\":\".age\"},{\"+\":[1,2]}]}]}"))
            assertThat(Evaluate.compile(query).predicate().stepBound(300)).as(query).isLessThan(1_000_000);
    }

    @Test
    void a_bound_saturates() {
        assertThat(Steps.sum(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Steps.product(Long.MAX_VALUE / 2, 3)).isEqualTo(Long.MAX_VALUE);
        assertThat(Steps.product(1L << 32, 1L << 31)).isEqualTo(Long.MAX_VALUE);
        assertThat(Steps.product(0, Long.MAX_VALUE)).isZero();
        assertThat(Steps.product(3, 4)).isEqualTo(12);
    }

    @Test
    void a_rules_expression_without_steps_left_does_not_match_even_under_not() {
        Predicate predicate = Evaluate.compile("not (s co \"b\")").predicate();
        Run run = Run.metered(50);
        assertThat(predicate.matches(USER, run)).isFalse();
        assertThat(run.exhausted()).isTrue();
    }
}
