package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.ask;
import static dev.jackstaff.engine.snapshot.Asked.at;
import static dev.jackstaff.engine.snapshot.Asked.nobody;
import static dev.jackstaff.engine.snapshot.Asked.said;
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

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Vectors 49 to 88 of the evaluation specification (section 11.2).
class DateVectorsTest {
    private static final String BEFORE_J1 = "2023-12-31T23:59:59Z";
    private static final String LATER = "2025-01-01T00:00:00Z";
    private static final String NO_PARAMS =
            "ERR FLAG_CONFIG «error in the progressive rollout, missing params»";

    @ParameterizedTest(name = "vector {0}")
    @MethodSource
    void the_answer_is_that_of_the_original(int number, FlagBuilder flag, EvaluationContext context, String expected) {
        assertThat(said(ask(flag, context))).isEqualTo(expected);
    }

    static Stream<Arguments> the_answer_is_that_of_the_original() {
        return Stream.of(
                progressiveRollouts(), experiments(), stepsInOrder(), stepsThatMerge(), stepsOfOtherFields())
                .flatMap(vectors -> vectors);
    }

    private static Stream<Arguments> progressiveRollouts() {
        FlagBuilder ramp = ab().defaultRule(ramp());
        return Stream.of(
                vector(49, ramp, at(BEFORE_J1, "user-1"), "A/SPLIT nc"),
                vector(50, ramp, at(J1, "user-1"), "A/SPLIT nc"),
                vector(51, ramp, at("2024-01-05T10:13:00Z", "user-1"), "A/SPLIT nc"),
                vector(52, ramp, at("2024-01-05T10:13:01Z", "user-1"), "B/SPLIT nc"),
                vector(53, ramp, at(J11, "user-1"), "B/SPLIT nc"),
                vector(53, ramp, at(LATER, "user-1"), "B/SPLIT nc"),
                vector(54, ab().defaultRule(ramp(20.0, 80.0)), at(LATER, "user-2"), "B/SPLIT nc"),
                vector(55, ab().defaultRule(ramp(50.0, 60.0)), at("2023-12-31T23:59:59.999Z", "user-1"), "A/SPLIT nc"),
                vector(55, ab().defaultRule(ramp(50.0, 60.0)), at(J1, "user-1"), "B/SPLIT nc"),
                vector(56, ab().defaultRule(ramp(50.0, 0.0)), at(LATER, "user-1"), "B/SPLIT nc"),
                vector(57, ab().defaultRule(ramp(null, 150.0)), at(LATER, "user-1"), "B/SPLIT nc"),
                vector(
                        58,
                        ab().defaultRule(rule().progressive(stage("A", null, J1), stage("B", null, J1))),
                        at(J1, "user-1"),
                        NO_PARAMS),
                vector(
                        59,
                        ab().defaultRule(rule().progressive(stage("A", null, null), stage("B", null, J11))),
                        at(J1, "user-1"),
                        NO_PARAMS),
                vector(
                        60,
                        ab().defaultRule(rule().progressive(
                                stage("A", null, J1), stage("B", null, "2024-01-01T00:00:00.5Z"))),
                        at("2024-01-01T00:00:00.2Z", "user-1"),
                        "A/SPLIT nc"),
                vector(61, ramp, nobody(), "ERR TARGETING_KEY_MISSING «Error: Empty targeting key»"),
                vector(
                        62,
                        ab().defaultRule(ramp().percentage("A", 100).variation("A")),
                        at(J11, "user-1"),
                        "B/SPLIT nc"),
                vector(
                        63,
                        ab().targeting(ramp().query("a eq 1")).defaultRule(to("A")),
                        at(J11, "user-1", "a", 1),
                        "B/TARGETING_MATCH_SPLIT nc"));
    }

    private static Stream<Arguments> experiments() {
        FlagBuilder experiment = ab().defaultRule(to("A")).experimentation(J1, J11);
        String off = "SdkDefault/DISABLED nc";
        return Stream.of(
                vector(64, experiment, at("2023-12-31T23:59:59.999999999Z", ""), off),
                vector(65, experiment, at(J1, ""), "A/STATIC nc"),
                vector(65, experiment, at(J11, ""), "A/STATIC nc"),
                vector(65, experiment, at("2024-01-01T02:00:00+02:00", ""), "A/STATIC nc"),
                vector(66, experiment, at("2024-01-11T00:00:00.000000001Z", ""), off),
                vector(67, experiment, at("2024-01-01 00:00:00", ""), off),
                vector(68, ab().defaultRule(to("A")).experimentation(null, null), nobody(), "A/STATIC nc"));
    }

    private static Stream<Arguments> stepsInOrder() {
        return Stream.of(
                vector(69, ab().defaultRule(to("A")).step(J1, changes().defaultRule(to("B"))), at(J1, ""),
                        "B/STATIC nc"),
                vector(
                        69,
                        ab().defaultRule(to("A")).step(J1, changes().defaultRule(to("B"))),
                        at(BEFORE_J1, ""),
                        "A/STATIC nc"),
                vector(
                        70,
                        ab().defaultRule(to("A")).step(null, changes().defaultRule(to("B"))),
                        at(J1, ""),
                        "A/STATIC nc"),
                vector(
                        71,
                        ab().defaultRule(to("A"))
                                .step(J11, changes().defaultRule(to("B")))
                                .step(J1, changes().defaultRule(to("A"))),
                        at(LATER, ""),
                        "B/STATIC nc"),
                vector(
                        72,
                        ab().defaultRule(to("A"))
                                .step(J1, changes().defaultRule(to("B")))
                                .step(J1, changes().defaultRule(to("A"))),
                        at(J11, ""),
                        "A/STATIC nc"));
    }

    private static Stream<Arguments> stepsThatMerge() {
        return Stream.of(
                vector(
                        73,
                        ab().defaultRule(split("A", 100)).step(J1, changes().defaultRule(to("B"))),
                        at(J11, "k"),
                        "A/STATIC nc"),
                vector(
                        74,
                        ab().defaultRule(split("A", 100)).step(J1, changes().defaultRule(split("A", 0, "B", 100))),
                        at(J11, "k"),
                        "B/STATIC nc"),
                vector(
                        75,
                        ab().defaultRule(split("A", 50, "B", 50)).step(J1, changes().defaultRule(split("A", -1))),
                        at(J11, "user-1"),
                        "B/SPLIT nc"),
                vector(
                        76,
                        ab().defaultRule(split("A", 100))
                                .step(J1, changes().defaultRule(split("A", -1).variation("B"))),
                        at(J11, "user-1"),
                        "B/STATIC nc"),
                vector(
                        77,
                        ab().targeting(to("A").named("r").query("a eq 1"))
                                .defaultRule(to("B"))
                                .step(J1, changes().targeting(rule().named("r").query("a eq 2"))),
                        at(J11, "", "a", 2),
                        "A/TARGETING_MATCH nc {evaluatedRuleName=r}"),
                vector(
                        78,
                        ab().targeting(to("A").query("a eq 1"))
                                .defaultRule(to("B"))
                                .step(J1, changes().targeting(to("A").query("a eq 2"))),
                        at(J11, "", "a", 2),
                        "A/TARGETING_MATCH nc"),
                vector(79, appendedThenDisabled(), at(J5, "", "a", 1), "A/TARGETING_MATCH nc {evaluatedRuleName=n}"),
                vector(79, appendedThenDisabled(), at(LATER, "", "a", 1), "B/DEFAULT nc"),
                vector(
                        80,
                        ab().targeting(to("A").query("a eq 1"), to("A").query("a eq 3"))
                                .defaultRule(to("B"))
                                .step(J1, changes().targeting(rule().named("").query("a eq 9"))),
                        at(J11, "", "a", 1),
                        "B/DEFAULT nc"));
    }

    private static FlagBuilder appendedThenDisabled() {
        return ab().defaultRule(to("B"))
                .step(J1, changes().targeting(to("A").named("n").query("a eq 1")))
                .step(J11, changes().targeting(rule().named("n").disable(true)));
    }

    private static Stream<Arguments> stepsOfOtherFields() {
        return Stream.of(
                vector(
                        81,
                        ab().defaultRule(to("A")).step(J1, changes().disable(true)),
                        at(J11, ""),
                        "SdkDefault/DISABLED nc"),
                vector(
                        82,
                        ab().defaultRule(to("A")).disable(true).step(J1, changes().disable(false)),
                        at(J11, ""),
                        "A/STATIC nc"),
                vector(
                        83,
                        ab().defaultRule(to("A")).step(J1, changes().variation("A", "new")),
                        at(J11, ""),
                        "A/STATIC nc new"),
                vector(85, ab().defaultRule(to("A")).steps(), nobody(), "A/STATIC c"),
                vector(
                        86,
                        ab().defaultRule(to("A"))
                                .step(J1, changes().step(J1, changes().defaultRule(to("B")))),
                        at(J11, ""),
                        "A/STATIC nc"),
                vector(
                        87,
                        ab().defaultRule(to("A"))
                                .step(J1, changes().defaultRule(rule().progressive(null, stage("B", null, J11)))),
                        at(J11, "user-1"),
                        NO_PARAMS),
                vector(
                        88,
                        ab().defaultRule(ramp(null, 10.0))
                                .step(J1, changes().defaultRule(rule().progressive(null, stage(null, 100.0, null)))),
                        at(J11, "user-1"),
                        "B/SPLIT nc"));
    }

    @Test
    void vector_84_version_trackEvents_and_bucketingKey_of_a_step_change_no_answer() {
        Evaluation answer = ask(
                ab().defaultRule(to("A"))
                        .version("1")
                        .step(J1, changes().version("2").trackEvents(false).bucketingKey("nope")),
                at(J11, ""));
        assertThat(said(answer)).isEqualTo("A/STATIC nc");
        assertThat(answer.version()).isEqualTo("1");
        assertThat(answer.trackEvents()).isTrue();
    }

    private static Arguments vector(int number, FlagBuilder flag, EvaluationContext context, String expected) {
        return Arguments.of(number, flag, context, expected);
    }
}
