package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.FlagBuilder.changes;
import static dev.jackstaff.engine.snapshot.FlagBuilder.date;
import static dev.jackstaff.engine.snapshot.FlagBuilder.flag;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J1;
import static dev.jackstaff.engine.snapshot.RuleBuilder.J11;
import static dev.jackstaff.engine.snapshot.RuleBuilder.ramp;
import static dev.jackstaff.engine.snapshot.RuleBuilder.rule;
import static dev.jackstaff.engine.snapshot.RuleBuilder.split;
import static dev.jackstaff.engine.snapshot.RuleBuilder.stage;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.flag.FlagFiles;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a flag is dropped for at load (section 2.3 of the evaluation specification, vectors 151 to 157, and what it says
/// of vectors 8 to 12, 26, 31, 36, 56 and 87).
class ValidationTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"flags", "targetingRules", "assignments", "queries"})
    void an_invalid_flag_is_left_out_and_every_reason_given(String what, FlagBuilder flag, List<String> errors) {
        Compilation.Compiled compiled = compile(CompileOptions.DEFAULT, flag);
        assertThat(compiled.snapshot().definitions()).isEmpty();
        assertThat(errors(compiled)).isEqualTo(errors);
    }

    static Stream<Arguments> flags() {
        return Stream.of(
                invalid("no variations", flag("f").defaultRule(split("A", 1)),
                        "f.variations: no variation available",
                        "f.defaultRule.percentage.A: invalid percentage: variation A does not exist"),
                invalid("vector 36", flag("f").variation("A", null).variation("B", 1L).defaultRule(to("A")),
                        "f.variations.A: nil value for variation: A"),
                invalid("vector 151", flag("f").variation("A", "yes").variation("B", true).defaultRule(to("A")),
                        "f.variations.B: all variations should have the same type"),
                invalid("vector 11: no default rule", ab(), "f.defaultRule: missing default rule"),
                invalid("duplicate rule names, one of them switched off",
                        ab().targeting(
                                to("A").named("r").query("a eq 1"),
                                to("A").named("r").query("a eq 2").disable(true),
                                to("A").named("").query("a eq 2"),
                                to("A").named("").query("a eq 2"))
                                .defaultRule(to("A")),
                        "f.targeting.1.name: duplicated rule name: r"),
                // E-D12: by chance valid in the original; here a kind without a class is one of its own.
                invalid("E-D12", flag("f").variation("A", date(J1)).variation("B", "x").defaultRule(to("A")),
                        "f.variations.B: all variations should have the same type"),
                invalid("E-D12, other kinds",
                        flag("f").variation("A", BigInteger.TWO.pow(63)).variation("B", 1L).defaultRule(to("A")),
                        "f.variations.B: all variations should have the same type"),
                invalid("everything at once",
                        flag("f").variation("A", null)
                                .variation("B", 1L)
                                .variation("C", "x")
                                .targeting(rule(), to("Z").query("a eq 1").named("r"),
                                        to("B").named("r").query("a eq 1"))
                                .defaultRule(rule()),
                        "f.variations.A: nil value for variation: A",
                        "f.variations.C: all variations should have the same type",
                        "f.defaultRule: impossible to return value",
                        "f.targeting.0: impossible to return value",
                        "f.targeting.0.query: each targeting should have a query",
                        "f.targeting.1.variation: invalid variation: Z does not exist",
                        "f.targeting.2.name: duplicated rule name: r"));
    }

    static Stream<Arguments> targetingRules() {
        return Stream.of(
                invalid("vector 8: no query", ab().targeting(to("A")).defaultRule(to("A")),
                        "f.targeting.0.query: each targeting should have a query"),
                invalid("vector 10: unknown variation", ab().defaultRule(to("Z")),
                        "f.defaultRule.variation: invalid variation: Z does not exist"),
                invalid("vector 12: nothing to give", ab().defaultRule(rule()),
                        "f.defaultRule: impossible to return value"),
                invalid("a default rule is checked although it says disable", ab().defaultRule(rule().disable(true)),
                        "f.defaultRule: impossible to return value"));
    }

    static Stream<Arguments> assignments() {
        return Stream.of(
                invalid("vector 26: empty percentage", ab().defaultRule(split().variation("A")),
                        "f.defaultRule.percentage: invalid percentages: should not be empty"),
                invalid("vector 31: unknown variation", ab().defaultRule(split("Z", 100, "A", 0)),
                        "f.defaultRule.percentage.Z: invalid percentage: variation Z does not exist"),
                invalid("vector 22: nothing for anybody", ab().defaultRule(split("A", 0, "B", 0)),
                        "f.defaultRule.percentage: invalid percentages: should not be equal to 0"),
                invalid("vector 154: negative and positive cancel out", ab().defaultRule(split("A", -1, "B", 1)),
                        "f.defaultRule.percentage: invalid percentages: should not be equal to 0"),
                invalid("vector 155: end absent", ab().defaultRule(ramp(10.5, null)),
                        "f.defaultRule.progressiveRollout: invalid progressive rollout, initial percentage should be "
                                + "lower than end percentage: 10.5/0"),
                invalid("vector 56", ab().defaultRule(ramp(50.0, 0.0)),
                        "f.defaultRule.progressiveRollout: invalid progressive rollout, initial percentage should be "
                                + "lower than end percentage: 50/0"),
                invalid("unknown variations of a progressive rollout, the end first",
                        ab().defaultRule(rule().progressive(stage("Y", 0.0, J1), stage(null, 1.0, J11))),
                        "f.defaultRule.progressiveRollout.end.variation: invalid progressive rollout, end variation  "
                                + "does not exist",
                        "f.defaultRule.progressiveRollout.initial.variation: invalid progressive rollout, initial "
                                + "variation Y does not exist"),
                // E-D1: the original dereferences null here, which ends its process.
                invalid("E-D1, no end", ab().defaultRule(rule().progressive(stage("A", 0.0, J1), null)),
                        "f.defaultRule.progressiveRollout: invalid progressive rollout, end is missing"),
                invalid("E-D1, no initial", ab().defaultRule(rule().progressive(null, stage("A", 0.0, J1))),
                        "f.defaultRule.progressiveRollout: invalid progressive rollout, initial is missing"),
                invalid("E-D1, neither", ab().defaultRule(rule().progressive(null, null)),
                        "f.defaultRule.progressiveRollout: invalid progressive rollout, initial is missing"));
    }

    static Stream<Arguments> queries() {
        return Stream.of(
                invalid("vector 9: blank", targeting("   "), "f.targeting.0.query: invalid query: Invalid rule"),
                invalid("vector 156, operator", targeting("a gt null"),
                        "f.targeting.0.query: invalid query: Invalid operation on the type"),
                invalid("vector 156, word", targeting("a"), "f.targeting.0.query: invalid query: Invalid rule"),
                invalid("vector 156, half", targeting("a eq"),
                        "f.targeting.0.query: invalid query: \"runtime error: invalid memory address or nil pointer "
                                + "dereference\""),
                invalid("vector 157, unknown operator", targeting("{\"endsWith\":[1,2]}"),
                        "f.targeting.0.query: invalid jsonlogic query"),
                invalid("vector 157, empty", targeting("{}"), "f.targeting.0.query: invalid jsonlogic query"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_valid_flag_is_served(String what, FlagBuilder flag) {
        Compilation.Compiled compiled = compile(CompileOptions.DEFAULT, flag);
        assertThat(errors(compiled)).isEmpty();
        assertThat(compiled.snapshot().definitions()).containsOnlyKeys("f");
    }

    static Stream<Arguments> a_valid_flag_is_served() {
        return Stream.of(
                Arguments.of("vector 151: integer and double are both numbers",
                        flag("f").variation("A", 1L).variation("B", 1.5).defaultRule(to("A"))),
                // Vector 152 and E-D12: TOML integers are integers here, and so numbers.
                Arguments.of("vector 152", flag("f").variation("A", 1L).variation("B", 1.5).defaultRule(to("A"))),
                Arguments.of("only one unusual kind",
                        flag("f").variation("A", date(J1)).variation("B", date(J11)).defaultRule(to("A"))),
                Arguments.of("vector 153: a rule that is switched off may have any query",
                        ab().targeting(rule().query("garbage").disable(true)).defaultRule(to("A"))),
                Arguments.of("vector 154: negative percentages", ab().defaultRule(split("A", -5, "B", 2))),
                Arguments.of("vector 157: arity is not checked", targeting("{\"==\":1}")),
                Arguments.of("a variation nobody gets may be unknown",
                        ab().defaultRule(split("A", 100).variation("Z"))),
                Arguments.of("anything inside scheduled steps",
                        ab().defaultRule(to("A"))
                                .step(J1, changes().targeting(to("Z").query("a"), rule())
                                        .defaultRule(split("Z", 0))
                                        .variation("B", 5L))));
    }

    /// R-D45: answers with such a value could not be sent. Kept, it is served, and fails where it is encoded.
    @Test
    void d45_a_value_without_a_json_form_makes_its_flag_invalid() {
        FlagBuilder flag = flag("f").variation("A", 1.0)
                .variation("B", Double.NaN)
                .defaultRule(split("A", Double.POSITIVE_INFINITY))
                .metadata("m", List.of(1L, new MixedKeyMap(Map.of(1L, 2L))));
        assertThat(errors(compile(CompileOptions.DEFAULT, flag))).containsExactly(
                "f.variations.B: value has no JSON form: json: unsupported value: NaN",
                "f.defaultRule.percentage.A: value has no JSON form: json: unsupported value: +Inf",
                "f.metadata.m.1: value has no JSON form: json: unsupported type: map[interface {}]interface {}");
        CompileOptions exact = CompileOptions.DEFAULT.withCompatibility(Compatibility.EXACT);
        assertThat(errors(compile(exact, flag))).isEmpty();
        assertThat(compile(exact, flag).snapshot().definitions()).containsOnlyKeys("f");
    }

    @Test
    void problems_say_where_they_are_and_what_would_be_right() {
        FlagBuilder flag = ab("beta").targeting(to("A").query("plan eq \"pro\""), to("Z").query("a eq 1"))
                .defaultRule(to("A"))
                .located("targeting.1", 14)
                .located("targeting.1.variation", 16);
        Problem problem = compile(CompileOptions.DEFAULT, flag).problems().get(0);
        assertThat(problem.toString()).isEqualTo("flags.yaml:16:5: error: beta.targeting.1.variation: "
                + "invalid variation: Z does not exist (the variations are A, B)");
        assertThat(problem.flagKey()).isEqualTo("beta");
        assertThat(problem.location()).isEqualTo(new Location("flags.yaml", 16, 5));
    }

    @Test
    void what_cannot_be_meant_but_is_valid_is_a_warning() {
        FlagBuilder flag = ab().targeting(
                rule().query("a eq 1").progressive(stage("A", 0.0, J11), stage("B", 1.0, J1)),
                rule().query("a eq 2").progressive(stage("A", 0.0, null), stage("B", 1.0, J1)))
                .defaultRule(split("A", 110, "B", -10))
                .step(null, changes())
                .step(J1, changes().targeting(to("A").query("a")));
        Compilation.Compiled compiled = compile(CompileOptions.DEFAULT, flag);
        assertThat(compiled.problems()).noneMatch(Problem::isError);
        assertThat(compiled.problems()).extracting(Problem::path)
                .containsExactly(
                        "f.defaultRule.percentage.B",
                        "f.targeting.0.progressiveRollout",
                        "f.targeting.1.progressiveRollout",
                        "f.scheduledRollout.0",
                        "f.scheduledRollout.1.targeting.0.query");
        assertThat(compiled.snapshot().definitions()).containsOnlyKeys("f");
    }

    @Test
    void a_step_that_gives_a_variation_nobody_defines_is_a_warning() {
        FlagBuilder flag = ab().defaultRule(to("A"))
                .step(J1, changes().targeting(to("C").query("a eq 1"), to("B").query("a eq 2")).defaultRule(to("Y")))
                .step(J11, changes().variation("C", "c").defaultRule(split("A", -1, "B", 50, "Z", 50)))
                .step(J11, changes().defaultRule(rule().progressive(stage("A", 0.0, J1), stage("X", 1.0, J11))));
        Compilation.Compiled compiled = compile(CompileOptions.DEFAULT, flag);
        assertThat(compiled.problems()).noneMatch(Problem::isError);
        assertThat(compiled.problems()).extracting(Problem::path)
                .containsExactly(
                        "f.scheduledRollout.0.defaultRule.variation",
                        "f.scheduledRollout.1.defaultRule.percentage.Z",
                        "f.scheduledRollout.2.defaultRule.progressiveRollout.end.variation");
        assertThat(compiled.problems().get(0).message())
                .isEqualTo("variation Y does not exist: from this step on, users who get it get null");
    }

    @Test
    void strict_makes_warnings_errors() {
        FlagBuilder flag = ab().defaultRule(split("A", 110, "B", -10));
        Compilation.Compiled strict = compile(CompileOptions.DEFAULT.withStrict(true), flag);
        assertThat(strict.snapshot().definitions()).isEmpty();
        assertThat(strict.problems()).singleElement().matches(Problem::isError);
    }

    @Test
    void a_query_finding_is_placed_within_the_query() {
        FlagBuilder flag = targeting("a eq 1 AND b eq 2").located("targeting.0.query", 4);
        Compilation.Compiled compiled = compile(CompileOptions.DEFAULT, flag);
        assertThat(compiled.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isFalse();
            assertThat(problem.path()).isEqualTo("f.targeting.0.query");
            assertThat(problem.location()).hasToString("flags.yaml:4:" + (5 + "a eq 1 ".length()));
        });
    }

    @Test
    void without_validation_whatever_stands_there_is_evaluated_and_its_problems_still_told() {
        Compilation.Compiled compiled = compile(CompileOptions.DEFAULT.withValidate(false), ab().defaultRule(to("Z")));
        assertThat(compiled.snapshot().definitions()).containsOnlyKeys("f");
        assertThat(errors(compiled)).containsExactly("f.defaultRule.variation: invalid variation: Z does not exist");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void numbers_in_messages_look_as_in_go(double number, String expected) {
        assertThat(FlagValidator.plain(number)).isEqualTo(expected);
    }

    static Stream<Arguments> numbers_in_messages_look_as_in_go() {
        return Stream.of(
                Arguments.of(10.5, "10.5"), Arguments.of(0.0, "0"), Arguments.of(-0.0, "-0"),
                Arguments.of(100.0, "100"),
                Arguments.of(1e20, "100000000000000000000"), Arguments.of(1e21, "1e+21"),
                Arguments.of(0.0001, "0.0001"),
                Arguments.of(0.00001, "1e-05"), Arguments.of(-1.25e-7, "-1.25e-07"), Arguments.of(1.5e300, "1.5e+300"),
                Arguments.of(Double.NaN, "NaN"), Arguments.of(Double.NEGATIVE_INFINITY, "-Inf"));
    }

    private static FlagBuilder targeting(String query) {
        return ab().targeting(to("A").query(query)).defaultRule(to("B"));
    }

    private static Arguments invalid(String what, FlagBuilder flag, String... errors) {
        return Arguments.of(what, flag, List.of(errors));
    }

    private static List<String> errors(Compilation compiled) {
        return compiled.problems()
                .stream()
                .filter(Problem::isError)
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }

    private static Compilation.Compiled compile(CompileOptions options, FlagBuilder flag) {
        return (Compilation.Compiled) Snapshot.compile(FlagFiles.of(flag.build()), options);
    }
}
