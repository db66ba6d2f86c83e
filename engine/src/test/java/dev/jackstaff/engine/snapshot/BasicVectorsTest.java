package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.ask;
import static dev.jackstaff.engine.snapshot.Asked.nobody;
import static dev.jackstaff.engine.snapshot.Asked.said;
import static dev.jackstaff.engine.snapshot.Asked.user;
import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.FlagBuilder.changes;
import static dev.jackstaff.engine.snapshot.FlagBuilder.flag;
import static dev.jackstaff.engine.snapshot.RuleBuilder.rule;
import static dev.jackstaff.engine.snapshot.RuleBuilder.split;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Vectors 1 to 48 of the evaluation specification (section 11.1). Flags that a server drops at load are asked all the
/// same; [ValidationTest] has what they are dropped for.
class BasicVectorsTest {
    private static final String NO_KEY = "ERR TARGETING_KEY_MISSING «Error: Empty targeting key»";
    private static final String NO_VARIATION =
            "ERR FLAG_CONFIG «error in the configuration, no variation available for this rule»";

    @ParameterizedTest(name = "vector {0}")
    @MethodSource
    void the_answer_is_that_of_the_original(int number, FlagBuilder flag, EvaluationContext context, String expected) {
        assertThat(said(ask(flag, context))).isEqualTo(expected);
    }

    static Stream<Arguments> the_answer_is_that_of_the_original() {
        FlagBuilder half = ab().defaultRule(split("A", 50, "B", 50));
        return Stream.of(
                vector(1, ab().defaultRule(to("A")), nobody(), "A/STATIC c"),
                vector(2, ab().targeting(to("A").query("a eq 1")).defaultRule(to("B")), nobody(), "B/DEFAULT c"),
                vector(3, ab().targeting().defaultRule(to("B")), nobody(), "B/STATIC c"),
                vector(
                        4,
                        ab().targeting(to("A").query("a eq 1").disable(true)).defaultRule(to("B")),
                        user("", "a", 1),
                        "B/DEFAULT c"),
                vector(
                        5,
                        ab().targeting(to("B").named("r1").query("a eq 1"), to("A").query("a eq 1"))
                                .defaultRule(to("B"))
                                .metadata("m", 1L),
                        user("", "a", 1),
                        "B/TARGETING_MATCH c {evaluatedRuleName=r1, m=1}"),
                vector(
                        6,
                        ab().defaultRule(to("B").named("dflt")).metadata("m", 1L),
                        nobody(),
                        "B/STATIC c {m=1}"),
                vector(
                        7,
                        ab().defaultRule(to("A").disable(true).query("a eq 2")),
                        user("", "a", 1),
                        "A/STATIC c"),
                vector(8, ab().targeting(to("A")).defaultRule(to("B")), nobody(), "A/TARGETING_MATCH c"),
                vector(
                        9,
                        ab().targeting(to("A").query("   ")).defaultRule(to("B")),
                        nobody(),
                        "A/TARGETING_MATCH c"),
                vector(10, ab().defaultRule(to("Z")), nobody(), "Z/STATIC c null"),
                vector(11, ab(), nobody(), "ERR FLAG_CONFIG «no default targeting for the flag»"),
                vector(12, ab().defaultRule(rule()), nobody(), NO_VARIATION),
                vector(
                        13,
                        ab().defaultRule(to("A")).disable(true).metadata("m", 1L),
                        nobody(),
                        "SdkDefault/DISABLED c {m=1}"),
                vector(14, ab().defaultRule(split("A", 50, "B", 50)).disable(true), nobody(), NO_KEY),
                vector(
                        15,
                        ab().defaultRule(split("A", 50, "B", 50)).disable(true),
                        user("k"),
                        "SdkDefault/DISABLED c"),
                vector(16, half, user("user-1"), "B/SPLIT c"),
                vector(17, half, user("user-2"), "A/SPLIT c"),
                vector(18, half, user("user-5"), "A/SPLIT c"),
                vector(19, ab().defaultRule(split("A", 10, "B", 10)), user("user-1"), "B/SPLIT c"),
                vector(
                        20,
                        ab().variation("C", "C").defaultRule(split("A", 1, "B", 1, "C", 1)),
                        user("user-3"),
                        "A/SPLIT c"),
                vector(21, ab().defaultRule(split("A", 100, "B", 0)), user("user-1"), "A/STATIC c"),
                vector(
                        22,
                        ab().defaultRule(split("A", 0, "B", 0)),
                        user("user-1"),
                        "ERR FLAG_CONFIG «impossible to find the variation»"),
                vector(
                        23,
                        ab().defaultRule(split("A", 0.0001)),
                        user("user-1"),
                        "ERR FLAG_CONFIG «impossible to find the variation»"),
                vector(24, ab().defaultRule(split("B", 110, "A", -10)), user("user-1"), "B/SPLIT c"),
                // E-D4 says saturate, so this is the answer of arm64 and WebAssembly.
                vector(25, ab().defaultRule(split("A", 110, "B", -10)), user("user-1"), "A/SPLIT c"),
                vector(26, ab().defaultRule(split()), user("user-1"), NO_VARIATION),
                vector(27, ab().defaultRule(split().variation("B")), user("k"), "B/STATIC c"),
                vector(28, ab().defaultRule(split("A", 50, "B", 50).variation("B")), nobody(), NO_KEY),
                vector(29, half, user("é😀"), "B/SPLIT c"),
                vector(30, ab("flag-ü").defaultRule(split("A", 50, "B", 50)), user("x"), "A/SPLIT c"),
                vector(31, ab().defaultRule(split("Z", 100)), user("user-1"), "Z/STATIC c null"),
                vector(
                        32,
                        ab().targeting(split("A", 100, "B", 0).named("n").query("a eq 1"))
                                .defaultRule(to("B")),
                        user("k", "a", 1),
                        "A/TARGETING_MATCH c {evaluatedRuleName=n}"),
                vector(
                        33,
                        ab().targeting(split("A", 99, "B", 1).query("a eq 1")).defaultRule(to("B")),
                        user("k", "a", 1),
                        "A/TARGETING_MATCH_SPLIT c"),
                vector(
                        34,
                        ab().targeting(split("A", 50, "B", 50).query("a eq 1")).defaultRule(to("B")),
                        user("", "a", 2),
                        NO_KEY),
                // E-D3 says modulus 100000.
                vector(
                        35,
                        ab().variation("C", "C").defaultRule(split("A", 33.3, "B", 33.3, "C", 33.4)),
                        user("user-1"),
                        "B/SPLIT c"),
                vector(
                        36,
                        flag("f").variation("A", null).variation("B", 1L).defaultRule(to("A")),
                        nobody(),
                        "A/STATIC c null"),
                vector(
                        37,
                        ab().bucketingKey("team").defaultRule(split("A", 50, "B", 50)),
                        user("user-1", "team", "user-2"),
                        "A/SPLIT c"),
                vector(
                        38,
                        ab().bucketingKey("co.id").defaultRule(split("A", 50, "B", 50)),
                        user("user-1", "co", Map.of("id", "user-5")),
                        "A/SPLIT c"),
                vector(
                        39,
                        ab().bucketingKey("team").defaultRule(to("A")),
                        user("user-1"),
                        "ERR TARGETING_KEY_MISSING «impossible to find bucketingKey in context: nested key not found: team»"),
                vector(
                        40,
                        ab().bucketingKey("team").defaultRule(to("A")),
                        user("", "team", 42),
                        "ERR TARGETING_KEY_MISSING «invalid bucketing key»"),
                vector(41, ab().bucketingKey("team").defaultRule(to("A")), user("", "team", ""), "A/STATIC c"),
                vector(
                        42,
                        ab().bucketingKey("team").defaultRule(split("A", 50, "B", 50)),
                        user("user-1", "team", ""),
                        "ERR TARGETING_KEY_MISSING «Error: Empty bucketing key»"),
                vector(
                        43,
                        ab().bucketingKey("").defaultRule(split("A", 50, "B", 50)),
                        nobody(),
                        "ERR FLAG_CONFIG «evaluate Rule: no key for bucketing-required rule»"),
                // OFREP makes the targeting key an attribute too.
                vector(
                        44,
                        ab().bucketingKey("targetingKey").defaultRule(split("A", 50, "B", 50)),
                        user("user-1", "targetingKey", "user-1"),
                        "B/SPLIT c"),
                // The older endpoints do not.
                vector(
                        44,
                        ab().bucketingKey("targetingKey").defaultRule(split("A", 50, "B", 50)),
                        user("user-1"),
                        "ERR TARGETING_KEY_MISSING «impossible to find bucketingKey in context: nested key not found: targetingKey»"),
                vector(
                        46,
                        ab().defaultRule(to("A"))
                                .step("2999-01-01T00:00:00Z", changes().defaultRule(split("A", 50, "B", 50))),
                        nobody(),
                        NO_KEY),
                // A number is no targeting key; whoever builds the context leaves the key empty then.
                vector(47, half, user("", "targetingKey", 7), NO_KEY),
                vector(
                        48,
                        flag("f").variation("A", Map.of("x", 1L)).defaultRule(to("A")),
                        nobody(),
                        "A/STATIC c {x=1}"));
    }

    @Test
    void vector_45_enrichment_wins_over_the_callers_attribute() {
        Snapshot snapshot = Asked.compiled(
                Asked.AS_WRITTEN.withEnrichment(Map.of("team", "user-2")),
                ab().bucketingKey("team").defaultRule(split("A", 50, "B", 50)).build());
        for (EvaluationContext context : new EvaluationContext[]{user("user-1"), user("user-1", "team", "user-1")})
            assertThat(said(snapshot.evaluate("f", context, Asked.WALL_CLOCK))).isEqualTo("A/SPLIT c");
    }

    /// The rule that buckets is asked for the key before its query is looked at, also where it is switched off.
    @Test
    void an_unchecked_empty_key_ends_the_evaluation_at_the_first_rule_that_buckets() {
        FlagBuilder flag = ab().bucketingKey("")
                .targeting(
                        to("A").query("a eq 1"),
                        split("A", 50, "B", 50).query("a eq 2").disable(true))
                .defaultRule(to("B"));
        assertThat(said(ask(flag, user("", "a", 1)))).isEqualTo("A/TARGETING_MATCH c");
        assertThat(said(ask(flag, user("", "a", 3))))
                .isEqualTo("ERR FLAG_CONFIG «evaluate Rule: no key for bucketing-required rule»");
        assertThat(said(ask(flag, user("k", "a", 3)))).isEqualTo("B/DEFAULT c");
    }

    /// Metadata that came with the flag gives way to the name of the rule.
    @Test
    void the_name_of_the_rule_wins_over_metadata_of_that_name() {
        FlagBuilder flag = ab().targeting(to("A").named("r").query("a eq 1"), to("A").query("a eq 2"))
                .defaultRule(to("B"))
                .metadata("evaluatedRuleName", "from the file")
                .metadata("m", 1L);
        assertThat(said(ask(flag, user("", "a", 1)))).isEqualTo("A/TARGETING_MATCH c {evaluatedRuleName=r, m=1}");
        assertThat(said(ask(flag, user("", "a", 2))))
                .isEqualTo("A/TARGETING_MATCH c {evaluatedRuleName=from the file, m=1}");
    }

    private static Arguments vector(int number, FlagBuilder flag, EvaluationContext context, String expected) {
        return Arguments.of(number, flag, context, expected);
    }
}
