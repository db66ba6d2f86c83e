package dev.jackstaff.verify.benchmarks;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One flag with one rule for one user. The rule matches every second user.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class RuleBenchmark {
    /// The rules by name.
    public enum Rule {
        /// Three operators: `and`, `==`, `>=`.
        JSONLOGIC("{\"and\":[{\"==\":[{\"var\":\"plan\"},\"pro\"]},{\">=\":[{\"var\":\"age\"},40]}]}"),
        LIST_10(listOf(10)),
        LIST_1000(listOf(1000));

        private final String query;

        Rule(String query) {
            this.query = query;
        }

        private static String listOf(int length) {
            return IntStream.range(0, length)
                    .mapToObj(i -> "\"account-" + 2 * i + "\"")
                    .collect(Collectors.joining(",", "account in [", "]"));
        }
    }

    @Param("JSONLOGIC")
    public Rule rule;

    private Snapshot snapshot;
    private List<EvaluationContext> contexts;

    @Setup
    public void compile() {
        snapshot = FlagText.yaml("""
                flag:
                  variations: {a: A, b: B}
                  targeting: [{query: '%s', variation: b}]
                  defaultRule: {variation: a}
                """.formatted(rule.query)).compile();
        contexts = IntStream.range(0, 16)
                .mapToObj(i -> EvaluationContext.of("user-" + i, Map.of(
                        "plan", "pro", "age", i % 2 == 0 ? 41 : 39, "account", "account-" + i)))
                .toList();
    }

    @Benchmark
    public Evaluation evaluate(Turn turn) {
        return snapshot.evaluate("flag", contexts.get(turn.next() % 16), FlagText.NOW);
    }
}
