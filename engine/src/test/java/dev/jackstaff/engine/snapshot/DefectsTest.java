package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.WALL_CLOCK;
import static dev.jackstaff.engine.snapshot.Asked.ask;
import static dev.jackstaff.engine.snapshot.Asked.at;
import static dev.jackstaff.engine.snapshot.Asked.nobody;
import static dev.jackstaff.engine.snapshot.Asked.said;
import static dev.jackstaff.engine.snapshot.Asked.user;
import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.FlagBuilder.changes;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J1;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J11;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J5;
import static dev.jackstaff.engine.snapshot.RuleBuilder.ramp;
import static dev.jackstaff.engine.snapshot.RuleBuilder.rule;
import static dev.jackstaff.engine.snapshot.RuleBuilder.split;
import static dev.jackstaff.engine.snapshot.RuleBuilder.stage;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagFiles;
import org.junit.jupiter.api.Test;

/// Defects of the original that must not come back, by their numbers in `docs/reference/differences.md`. E-D1, E-D12 and
/// R-D45 are in [ValidationTest], E-D2 and E-D11 in [EnrichmentTest] and [SharedAnswersTest], E-D3 and E-D4 in the tests
/// of the split.
class DefectsTest {
    private static final String NO_PARAMS = "ERR FLAG_CONFIG «error in the progressive rollout, missing params»";

    /// E-D6: there, a step that changes a rule which an earlier step added changes the earlier step as well.
    @Test
    void d6_a_later_step_does_not_reach_back_into_an_earlier_one() {
        FlagDefinition flag = ab().defaultRule(to("B"))
                .step(J1, changes().targeting(split("A", 100).named("r").query("a eq 1")))
                .step(J11, changes().targeting(split("A", -1, "B", 100).named("r")))
                .build();
        Snapshot snapshot = Asked.compiled(Asked.AS_WRITTEN, flag);
        String early = "A/TARGETING_MATCH nc {evaluatedRuleName=r}",
                late = "B/TARGETING_MATCH nc {evaluatedRuleName=r}";
        for (int i = 0; i < 2; i++) {
            assertThat(said(snapshot.evaluate("f", at(J11, "k", "a", 1), WALL_CLOCK))).isEqualTo(late);
            assertThat(said(snapshot.evaluate("f", at(J5, "k", "a", 1), WALL_CLOCK))).isEqualTo(early);
        }
        assertThat(snapshot.definitions().get("f").scheduledRollout().get(0).targeting().get(0).percentage())
                .containsOnlyKeys("A");
    }

    /// E-D7: there, evaluating writes the missing end percentage into the flag, and the next load reports it as changed.
    @Test
    void d7_evaluating_a_progressive_rollout_leaves_the_flag_as_it_is() {
        FlagDefinition flag = ab().defaultRule(ramp()).build();
        Snapshot snapshot = Asked.compiled(CompileOptions.DEFAULT, flag);
        assertThat(said(snapshot.evaluate("f", user("user-1"), WALL_CLOCK))).isEqualTo("B/SPLIT nc");
        assertThat(snapshot.definitions().get("f").defaultRule().progressiveRollout().end().percentage())
                .isNull();
        assertThat(snapshot.definitions().get("f")).isEqualTo(flag);
    }

    /// E-D9: there, a step that changes the side a progressive rollout lacks crashes.
    @Test
    void d9_a_side_that_is_missing_counts_as_empty() {
        FlagBuilder flag = ab().defaultRule(to("B"))
                .step(J1, changes().targeting(
                        rule().named("r").query("a eq 1").progressive(stage("A", 0.0, J1), null)))
                .step(J5, changes().targeting(rule().named("r").progressive(null, stage("B", null, null))))
                .step(J11, changes().targeting(rule().named("r").progressive(null, stage(null, null, J11))));
        assertThat(said(ask(flag, at(J1, "user-1", "a", 1)))).isEqualTo(NO_PARAMS);
        assertThat(said(ask(flag, at(J5, "user-1", "a", 1)))).isEqualTo(NO_PARAMS);
        assertThat(said(ask(flag, at(J11, "user-1", "a", 1))))
                .isEqualTo("B/TARGETING_MATCH_SPLIT nc {evaluatedRuleName=r}");
    }

    /// E-D9: there, a step that changes a default rule which does not exist crashes.
    @Test
    void d9_a_default_rule_that_is_missing_counts_as_empty() {
        FlagBuilder flag = ab().step(J1, changes().defaultRule(to("B")));
        assertThat(said(ask(flag, at("2023-01-01T00:00:00Z", "")))).startsWith("ERR FLAG_CONFIG «no default");
        assertThat(said(ask(flag, at(J1, "")))).isEqualTo("B/STATIC nc");
    }

    /// E-D10: there, answers carry the flag's own metadata map, and a caller writes into it.
    @Test
    void d10_the_metadata_of_an_answer_cannot_be_written_to() {
        FlagBuilder flag = ab().targeting(to("A").named("r").query("a eq 1"))
                .defaultRule(to("A"))
                .metadata("m", 1L);
        for (Evaluation answer : new Evaluation[]{
            ask(flag, nobody()), ask(flag, user("", "a", 1)), ask(flag.disable(true), nobody())
        }) {
            assertThat(answer.metadata()).containsEntry("m", 1L).isUnmodifiable();
        }
    }

    /// Steps that add a rule each make as many rules as there are steps, in each of as many plans.
    @Test
    void a_scheduled_rollout_that_grows_without_end_is_refused() {
        FlagBuilder flag = ab().defaultRule(to("A"));
        for (int i = 0; i < 1_500; i++)
            flag.step(FlagBuilder.date(J1).plusSeconds(i).toString(), changes().targeting(to("B").query("a eq 1")));
        assertThat(Snapshot.compile(FlagFiles.of(flag.build()), CompileOptions.DEFAULT).problems())
                .singleElement()
                .matches(Problem::isError)
                .satisfies(problem -> assertThat(problem.message()).contains("too large"));
        assertThat(said(ask(flag, nobody()))).startsWith("ERR GENERAL «the scheduled rollout is too large");
    }
}
