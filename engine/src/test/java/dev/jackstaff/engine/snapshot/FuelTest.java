package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.WALL_CLOCK;
import static dev.jackstaff.engine.snapshot.Asked.said;
import static dev.jackstaff.engine.snapshot.Asked.user;
import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.junit.jupiter.api.Test;

/// Rule evaluation ends, whatever the rule.
class FuelTest {
    private static final FlagBuilder FLAG = ab().targeting(
            to("A").query("name co \"needle\""), to("A").query("name co \"pin\""))
            .defaultRule(to("B"));
    private static final EvaluationContext LARGE = user("", "name", "hay".repeat(100_000));

    @Test
    void queries_that_take_too_many_steps_end_in_an_error_and_not_in_a_variation() {
        Snapshot snapshot = Asked.compiled(CompileOptions.DEFAULT.withFuel(1_000), FLAG.build());
        assertThat(said(snapshot.evaluate("f", LARGE, WALL_CLOCK)))
                .isEqualTo("ERR GENERAL «the queries of the flag take more than 1000 steps on this context; "
                        + "evaluation was stopped»");
        assertThat(snapshot.explain("f", LARGE, WALL_CLOCK)).satisfies(trace -> {
            assertThat(said(trace.evaluation())).startsWith("ERR GENERAL");
            assertThat(trace.gate()).isEqualTo("the queries took more than 1000 steps");
        });
        assertThat(said(snapshot.evaluate("f", user("", "name", "a pin"), WALL_CLOCK)))
                .isEqualTo("A/TARGETING_MATCH c");
    }

    @Test
    void a_flag_that_fails_for_want_of_fuel_does_not_touch_the_others() {
        Snapshot snapshot = Asked.compiled(
                CompileOptions.DEFAULT.withFuel(1_000), FLAG.build(), ab("other").defaultRule(to("A")).build());
        assertThat(said(snapshot.evaluate("other", LARGE, WALL_CLOCK))).isEqualTo("A/STATIC c");
    }

    @Test
    void the_default_budget_is_enough_for_ordinary_rules_on_large_contexts() {
        Snapshot snapshot = Asked.compiled(CompileOptions.DEFAULT, FLAG.build());
        assertThat(said(snapshot.evaluate("f", LARGE, WALL_CLOCK))).isEqualTo("B/DEFAULT c");
    }
}
