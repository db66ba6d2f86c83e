package dev.jackstaff.engine.query;

import static dev.jackstaff.engine.query.Evaluate.CORRECTED;
import static dev.jackstaff.engine.query.Evaluate.EXACT;
import static dev.jackstaff.engine.query.Evaluate.matches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Well-formed queries at random against an evaluator that knows what they were made of, and garbage at random.
class RandomQueriesTest {

    /// A query, and how to answer it without reading its text.
    private interface Made {
        String text();

        boolean answer(Map<String, @Nullable Object> attributes);
    }

    private record Compared(String name, String operator, long literal) implements Made {
        @Override
        public String text() {
            return name + " " + operator + " " + literal;
        }

        @Override
        public boolean answer(Map<String, @Nullable Object> attributes) {
            if (!(attributes.get(name) instanceof Number number)) return false;
            long left = (long) number.doubleValue();
            return switch (operator) {
                case "eq" -> left == literal;
                case "ne" -> left != literal;
                case "gt" -> left > literal;
                case "<" -> left < literal;
                case "GE" -> left >= literal;
                default -> left <= literal;
            };
        }
    }

    private record Listed(String name, List<String> literals) implements Made {
        @Override
        public String text() {
            return name + " in [\"" + String.join("\", \"", literals) + "\"]";
        }

        @Override
        public boolean answer(Map<String, @Nullable Object> attributes) {
            return attributes.get(name) instanceof String text && literals.contains(text);
        }
    }

    private record Present(String name) implements Made {
        @Override
        public String text() {
            return name + " pr";
        }

        @Override
        public boolean answer(Map<String, @Nullable Object> attributes) {
            return attributes.get(name) != null;
        }
    }

    private record Grouped(Made inner, boolean negated, boolean spaced) implements Made {
        @Override
        public String text() {
            String inside = spaced ? "( " + inner.text() + " )" : "(" + inner.text() + ")";
            return negated ? (spaced ? "not " : "NOT") + inside : inside;
        }

        @Override
        public boolean answer(Map<String, @Nullable Object> attributes) {
            return inner.answer(attributes) != negated;
        }
    }

    private record Chained(List<Made> operands, List<Boolean> or) implements Made {
        @Override
        public String text() {
            StringBuilder text = new StringBuilder(operands.get(0).text());
            for (int i = 1; i < operands.size(); i++)
                text.append(or.get(i) ? " or " : " and ").append(operands.get(i).text());
            return text.toString();
        }

        @Override
        public boolean answer(Map<String, @Nullable Object> attributes) {
            boolean answer = operands.get(0).answer(attributes);
            for (int i = 1; i < operands.size(); i++)
                answer = or.get(i)
                        ? answer || operands.get(i).answer(attributes)
                        : answer && operands.get(i).answer(attributes);
            return answer;
        }

        /// What other languages make of it.
        boolean answerWithPrecedence(Map<String, @Nullable Object> attributes) {
            boolean any = false, all = operands.get(0).answer(attributes);
            for (int i = 1; i < operands.size(); i++) {
                boolean next = operands.get(i).answer(attributes);
                any |= or.get(i) && all;
                all = or.get(i) ? next : all && next;
            }
            return any || all;
        }
    }

    private static Made make(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 3 : 5);
        String name = List.of("a", "b", "c", "missing").get(random.nextInt(4));
        if (kind == 0)
            return new Compared(name, List.of("eq", "ne", "gt", "<", "GE", "le").get(random.nextInt(6)),
                    random.nextInt(5) - 1);
        if (kind == 1) return new Listed("s", random.nextBoolean() ? List.of("x", "y") : List.of("z"));
        if (kind == 2) return new Present(name);
        if (kind == 3) return new Grouped(make(random, depth - 1), random.nextBoolean(), random.nextBoolean());
        return chain(random, depth);
    }

    private static Chained chain(Random random, int depth) {
        List<Made> operands = new ArrayList<>();
        List<Boolean> or = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i >= 0; i--) {
            Made operand = make(random, depth - 1);
            operands.add(operand instanceof Chained ? new Grouped(operand, false, false) : operand);
            or.add(random.nextBoolean());
        }
        return new Chained(operands, or);
    }

    private static Map<String, @Nullable Object> attributes(Random random) {
        Map<String, @Nullable Object> attributes = new HashMap<>();
        attributes.put("a", (long) random.nextInt(4));
        attributes.put("b", random.nextInt(8) / 2.0);
        attributes.put("c", random.nextBoolean() ? "text" : null);
        attributes.put("s", List.of("x", "X", "z").get(random.nextInt(3)));
        return attributes;
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void well_formed_queries_answer_as_they_were_made(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Made made = make(random, 4);
            assertThat(Queries.compile(made.text(), CORRECTED).error()).as(made.text()).isNull();
            for (int user = 0; user < 4; user++) {
                Map<String, @Nullable Object> attributes = attributes(random);
                EvaluationContext context = EvaluationContext.of("", attributes);
                assertThat(matches(made.text(), context)).as("%s %s", made.text(), attributes)
                        .isEqualTo(made.answer(attributes));
                assertThat(matches(made.text(), context, EXACT)).isEqualTo(made.answer(attributes));
            }
        }
    }

    @Test
    void the_same_comparison_finds_an_evaluator_that_gives_and_precedence() {
        Random random = new Random(1);
        int differing = 0;
        for (int i = 0; i < 1_000; i++) {
            Chained chain = chain(random, 2);
            Map<String, @Nullable Object> attributes = attributes(random);
            boolean answer = matches(chain.text(), EvaluationContext.of("", attributes));
            if (answer != chain.answerWithPrecedence(attributes)) differing++;
        }
        assertThat(differing).isPositive();
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void garbage_never_throws_and_answers_the_same_traced_and_counted(long seed) {
        Random random = new Random(seed);
        String[] pieces = {
            "a", "b.c", "x.y.z", "eq", "in", "co", "pr", "not", "and", "or", "true", "null", "1", "-", "1.5", "1.2.3",
            "\"x\"",
            "\"", "(", ")", "[", "]", ",", " ", " ", " ", " ", " ", ".", "e5", "E+2", "&", "=", "!", "é",
            "\uD83D\uDE00", "\uD83D",
            "\n", "{", "}", ":", "\\", "99999999999999999999", "1.0e999",
        };
        EvaluationContext user = EvaluationContext.of("k", Map.of("a", 1L, "b", Map.of("c", "x"), "x", "text"));
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--)
                text.append(pieces[random.nextInt(pieces.length)]);
            matches(text.toString(), user, random.nextBoolean() ? CORRECTED : EXACT);
        }
    }
}
