package dev.jackstaff.verify.benchmarks;

import dev.jackstaff.verify.benchmarks.engines.Engine;
import dev.jackstaff.verify.benchmarks.engines.Flag;
import dev.jackstaff.verify.benchmarks.engines.User;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One flag for one user, with any engine. Users take turns, so that no branch can be learned from a single one.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class DecisionBenchmark {
    private static final int USERS = 64;

    @Param("JACKSTAFF")
    public Engine.Kind engine;

    @Param("STATIC")
    public Flag flag;

    private Engine started;
    private IntPredicate isOn;

    @Setup
    public void start() throws IOException {
        started = engine.start(User.whoNeedAllRules(USERS));
        isOn = started.asking(flag);
    }

    @TearDown
    public void stop() {
        started.close();
    }

    @Benchmark
    public boolean decide(Turn turn) {
        return isOn.test(turn.next() % USERS);
    }
}
