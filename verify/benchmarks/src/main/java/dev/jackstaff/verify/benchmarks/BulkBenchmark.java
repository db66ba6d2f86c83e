package dev.jackstaff.verify.benchmarks;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// All flags of a set, of every kind, for one user.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class BulkBenchmark {
    @Param("300")
    public int flags;

    private Snapshot snapshot;
    private List<EvaluationContext> contexts;

    @Setup
    public void compile() {
        snapshot = GeneratedFlags.text(Syntax.YAML, flags).compile();
        contexts = IntStream.range(0, 16)
                .mapToObj(i -> EvaluationContext.of("user-" + i, Map.of(
                        "country", i % 3 == 0 ? "FR" : "DE",
                        "email", "user-" + i + "@example.org",
                        "account", "account-" + i,
                        "age", 17 + i,
                        "plan", i % 2 == 0 ? "pro" : "free",
                        "appVersion", "2.1." + i,
                        "company", Map.of("tier", "gold", "seats", i))))
                .toList();
    }

    @Benchmark
    public void evaluateAll(Turn turn, Blackhole sink) {
        snapshot.evaluateAll(
                contexts.get(turn.next() % 16), FlagText.NOW, (_, evaluation) -> sink.consume(evaluation));
    }
}
