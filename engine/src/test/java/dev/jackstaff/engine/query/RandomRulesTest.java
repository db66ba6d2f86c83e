package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JsonLogic rules at random.
class RandomRulesTest {
    private static final String[] OPERATORS = {
        "==", "!=", "===", "!==", "<", "<=", ">", ">=", "!", "!!", "in", "+", "-", "*", "/", "%", "max", "min", "abs",
        "cat",
        "substr", "merge", "missing", "missing_some", "set", "contains_all", "contains_any", "contains_none", "and",
        "or", "if",
        "?:", "filter", "map", "reduce", "all", "none", "some", "var", "var", "var", "log",
    };
    private static final String[] PATHS =
            {"", "a", "v", ".v", "o", "o.p", "one", "l", "l.1", "users", "n", "current", "accumulator", "nul", "nest"};

    private static final EvaluationContext USER = EvaluationContext.of(
            "k",
            Evaluate.attributes(
                    "a", 1L, "s", "Bob", "nul", null, "o", Map.of("p", "q", "r", 2.0), "one",
                    Map.of("+", List.of(1.0, 2.0)),
                    "self", Map.of("if", List.of(true, Map.of("var", "self"))), "l", List.of(1.0, "2", 3.0), "v", 5L,
                    "users", List.of(Map.of("n", "x", "v", 1.0), Map.of("n", "y", "v", 5.0, "l", List.of())),
                    "nest", List.of(List.of(1.0, Map.of("var", "a")), 3.0)));

    private static String rule(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 6 : 12);
        return switch (kind) {
            case 0 -> String.valueOf(random.nextInt(4) - 1);
            case 1 -> List.of("\"\"", "\"x\"", "\"1\"", "\"a\"", "\"l.0\"").get(random.nextInt(5));
            case 2 -> List.of("true", "false", "null", "[]", "{}").get(random.nextInt(5));
            case 3, 4 -> "{\"var\":\"" + PATHS[random.nextInt(PATHS.length)] + "\"}";
            case 5 -> "{\"a\":1,\"var\":\"l\"}";
            case 6 -> list(random, depth - 1, random.nextInt(4));
            default -> {
                String operator = OPERATORS[random.nextInt(OPERATORS.length)];
                boolean list = random.nextInt(8) > 0;
                yield "{\"" + operator + "\":"
                        + (list ? list(random, depth - 1, 1 + random.nextInt(3)) : rule(random, depth - 1)) + "}";
            }
        };
    }

    private static String list(Random random, int depth, int length) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < length; i++) items.add(rule(random, depth));
        return "[" + String.join(",", items) + "]";
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void rules_never_throw_and_answer_the_same_traced_and_counted(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) Evaluate.matches(rule(random, 4), USER);
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void with_too_few_steps_a_rule_says_so_and_does_not_match(long seed) {
        Random random = new Random(seed);
        int exhausted = 0;
        for (int i = 0; i < 5_000; i++) {
            Predicate predicate = Evaluate.compile(rule(random, 5)).predicate();
            Run run = Run.metered(random.nextInt(20));
            boolean answer = predicate.matches(USER, run);
            if (run.exhausted()) {
                exhausted++;
                assertThat(answer).isFalse();
            } else
                assertThat(answer).isEqualTo(predicate.matches(USER, Run.UNMETERED));
        }
        assertThat(exhausted).isPositive();
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void looking_variables_up_in_several_places_is_replacing_them_in_the_rule(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Json subject =
                    json(List.of("{\"var\":\"users\"}", "{\"var\":\"nest\"}", "[1,\"x\",[2]]").get(random.nextInt(3)));
            Json condition = json(rule(random, 3));
            assertThat(filtered(subject, condition)).as("%s", condition)
                    .isEqualTo(byReplacing(subject, condition, true));
        }
    }

    @Test
    void the_same_comparison_finds_variables_that_are_not_replaced() {
        Random random = new Random(1);
        int differing = 0;
        for (int i = 0; i < 2_000; i++) {
            Json condition = json(rule(random, 3));
            Json subject = json("{\"var\":\"users\"}");
            if (!filtered(subject, condition).equals(byReplacing(subject, condition, false))) differing++;
        }
        assertThat(differing).isPositive();
    }

    private static Json json(String text) {
        Json rule = JsonText.objectOrNull("{\"rule\":" + text + "}");
        return ((Json.Members) rule).members().get("rule");
    }

    private static String filtered(Json subject, Json condition) {
        return result(operation("filter", subject, condition));
    }

    /// The same with `map`, which replaces nothing by itself.
    private static String byReplacing(Json subject, Json condition, boolean replace) {
        LogicCompiler compiler = compiler();
        try {
            Json replaced =
                    replace ? new Replacement(compiler, USER, Run.UNMETERED, Frame.USER).in(condition) : condition;
            List<?> items = (List<?>) compiler.term(subject, null).value(USER, Run.UNMETERED, Frame.USER);
            Object mapped =
                    compiler.term(operation("map", subject, replaced), null).value(USER, Run.UNMETERED, Frame.USER);
            List<@Nullable Object> kept = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) if (Values.truthy(((List<?>) mapped).get(i))) kept.add(items.get(i));
            return kept.toString();
        } catch (Aborted aborted) {
            return "abort";
        }
    }

    private static Json operation(String operator, Json subject, Json rule) {
        return new Json.Members(0, 0, Map.of(operator, new Json.Array(0, 0, List.of(subject, rule))));
    }

    private static String result(Json rule) {
        try {
            return String.valueOf(compiler().term(rule, null).value(USER, Run.UNMETERED, Frame.USER));
        } catch (Aborted aborted) {
            return "abort";
        }
    }

    private static LogicCompiler compiler() {
        return new LogicCompiler(new Attributes(Map.of()), null, null);
    }
}
