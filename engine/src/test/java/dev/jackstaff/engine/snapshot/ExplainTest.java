package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.WALL_CLOCK;
import static dev.jackstaff.engine.snapshot.Asked.at;
import static dev.jackstaff.engine.snapshot.Asked.nobody;
import static dev.jackstaff.engine.snapshot.Asked.user;
import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.FlagBuilder.changes;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J1;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J11;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J5;
import static dev.jackstaff.engine.snapshot.RuleBuilder.ramp;
import static dev.jackstaff.engine.snapshot.RuleBuilder.rule;
import static dev.jackstaff.engine.snapshot.RuleBuilder.split;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.evaluation.Trace.Range;
import dev.jackstaff.engine.evaluation.Trace.StepInForce;
import dev.jackstaff.engine.flag.FlagDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void an_explanation_has_the_answer_that_evaluating_gives(long seed) {
        RandomFlags random = new RandomFlags(seed);
        for (int i = 0; i < 150; i++) {
            FlagDefinition flag = random.any("flag-" + i % 5).build();
            Snapshot snapshot = Asked.compiled(Asked.AS_WRITTEN, flag);
            for (int j = 0; j < 10; j++) {
                EvaluationContext user = random.user();
                Instant now = random.now();
                Trace trace = snapshot.explain(flag.key(), user, now);
                assertThat(trace.evaluation()).isSameAs(snapshot.evaluate(flag.key(), user, now));
                assertThat(trace.gate() == null).isEqualTo(lastDecided(trace));
            }
        }
    }

    private static boolean lastDecided(Trace trace) {
        List<Trace.RuleStep> rules = trace.rules();
        return !rules.isEmpty() && rules.get(rules.size() - 1).assignment() != null;
    }

    @Test
    void each_rule_is_told_with_its_comparisons_up_to_the_one_that_decides() {
        Trace trace = explain(
                ab().targeting(
                        to("A").named("first").query("plan eq \"pro\""),
                        to("A").query("age gt 18").disable(true),
                        split("A", 25, "B", 75).named("third").query("age gt 18 and plan eq \"free\""))
                        .defaultRule(to("B")),
                user("user-1", "plan", "free", "age", 42));
        assertThat(trace.gate()).isNull();
        assertThat(trace.bucketingKey()).isEqualTo("user-1");
        assertThat(trace.now()).isEqualTo(WALL_CLOCK);
        assertThat(trace.nowFromContext()).isFalse();
        assertThat(trace.rules()).extracting(Trace.RuleStep::index).containsExactly(0, 1, 2);
        assertThat(trace.rules()).extracting(Trace.RuleStep::matched).containsExactly(false, false, true);
        assertThat(trace.rules()).extracting(Trace.RuleStep::disabled).containsExactly(false, true, false);
        assertThat(trace.rules()).extracting(step -> step.comparisons().size()).containsExactly(1, 0, 2);
        assertThat(trace.rules().get(0).comparisons().get(0).operand()).isEqualTo("free");
        Trace.RuleStep third = trace.rules().get(2);
        assertThat(third.name()).isEqualTo("third");
        assertThat(third.query()).isEqualTo("age gt 18 and plan eq \"free\"");
        assertThat(third.comparisons().get(0).operand()).isEqualTo(42L);
        assertThat(third.assignment()).isEqualTo(new Trace.Assignment(
                "percentage", "B", 44_256L, 100_000,
                List.of(new Range("B", 0, 75_000), new Range("A", 75_000, 100_000)), null));
    }

    @Test
    void the_default_rule_has_index_minus_one() {
        Trace trace = explain(ab().targeting(to("A").query("a eq 1")).defaultRule(to("B").named("others")), nobody());
        assertThat(trace.rules()).extracting(Trace.RuleStep::index).containsExactly(0, -1);
        Trace.RuleStep last = trace.rules().get(1);
        assertThat(last.name()).isEqualTo("others");
        assertThat(last.assignment()).isEqualTo(new Trace.Assignment("variation", "B", null, 0, List.of(), null));
    }

    @Test
    void a_progressive_rollout_is_told_with_the_share_of_the_moment() {
        Trace trace = explain(ab().defaultRule(ramp()), at("2024-01-05T10:13:00Z", "user-1"));
        assertThat(trace.nowFromContext()).isTrue();
        assertThat(trace.now()).isEqualTo(Instant.parse("2024-01-05T10:13:00Z"));
        assertThat(trace.rules().get(0).assignment()).isEqualTo(new Trace.Assignment(
                "progressiveRollout", "A", 44_256L, 100_000,
                List.of(new Range("B", 0, 44_256), new Range("A", 44_256, 100_000)),
                Instant.parse("2024-01-05T10:13:00Z")));
    }

    @Test
    void the_clock_of_a_progressive_rollout_is_told_apart_when_the_enrichment_sets_one() {
        String enriched = "2024-01-02T00:00:00Z";
        CompileOptions options = Asked.AS_WRITTEN.withEnrichment(
                Map.of("gofeatureflag", Map.of("currentDateTime", enriched)));
        Trace trace = Asked.compiled(options, ab().defaultRule(ramp()).build())
                .explain("f", user("user-1"), WALL_CLOCK);
        assertThat(trace.now()).isEqualTo(WALL_CLOCK);
        assertThat(trace.rules().get(0).assignment().clock()).isEqualTo(Instant.parse(enriched));
    }

    @Test
    void a_rule_that_cannot_give_anything_is_told_without_a_variation() {
        Trace unclear = explain(ab().defaultRule(rule()), nobody());
        assertThat(unclear.rules().get(0).assignment())
                .isEqualTo(new Trace.Assignment("none", null, null, 0, List.of(), null));
        Trace nobody = explain(ab().defaultRule(split("A", 0, "B", 0)), user("user-1"));
        assertThat(nobody.rules().get(0).assignment()).isEqualTo(new Trace.Assignment(
                "percentage", null, 0L, 0, List.of(new Range("B", 0, 0), new Range("A", 0, 0)), null));
    }

    @Test
    void the_scheduled_step_in_force_is_told() {
        FlagBuilder flag = ab().defaultRule(to("A"))
                .step(J5, changes().defaultRule(to("B")))
                .step(J1, changes())
                .step(null, changes())
                .step(J5, changes().defaultRule(to("A")))
                .step(J11, changes());
        assertThat(explain(flag, at("2023-12-31T23:59:59Z", "")).scheduledStep()).isNull();
        assertThat(explain(flag, at(J1, "")).scheduledStep()).isEqualTo(new StepInForce(1, 4, Instant.parse(J1)));
        assertThat(explain(flag, at(J5, "")).scheduledStep()).isEqualTo(new StepInForce(3, 4, Instant.parse(J5)));
        assertThat(explain(flag, at("2030-01-01T00:00:00Z", "")).scheduledStep())
                .isEqualTo(new StepInForce(4, 4, Instant.parse(J11)));
    }

    @Test
    void a_gate_says_why_no_rule_was_looked_at() {
        FlagBuilder experiment = ab().defaultRule(to("A")).experimentation(J1, J11);
        assertThat(gate(ab().defaultRule(to("A")).disable(true), nobody())).isEqualTo("the flag is disabled");
        assertThat(gate(experiment, at("2023-01-01T00:00:00Z", "")))
                .isEqualTo("the experiment starts at 2024-01-01T00:00:00Z");
        assertThat(gate(experiment, nobody())).isEqualTo("the experiment ended at 2024-01-11T00:00:00Z");
        assertThat(gate(ab().defaultRule(ramp()), nobody())).isEqualTo("there is no bucketing key");
        assertThat(gate(ab().bucketingKey("").defaultRule(ramp()), nobody()))
                .isEqualTo("a rule needs a bucketing key and it is empty");
        assertThat(gate(ab().variation("C", Double.NaN).defaultRule(to("A")).steps(), nobody()))
                .isEqualTo("the scheduled rollout cannot be applied");
    }

    @Test
    void an_unknown_flag_has_no_explanation() {
        assertThat(Asked.compiled(CompileOptions.DEFAULT, ab().defaultRule(to("A")).build())
                .explain("unknown", nobody(), WALL_CLOCK))
                .isNull();
    }

    private static String gate(FlagBuilder flag, EvaluationContext context) {
        Trace trace = explain(flag, context);
        assertThat(trace.rules()).isEmpty();
        return trace.gate();
    }

    private static Trace explain(FlagBuilder flag, EvaluationContext context) {
        return Asked.compiled(Asked.AS_WRITTEN, flag.build()).explain("f", context, WALL_CLOCK);
    }
}
