package dev.jackstaff.verify.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs cases with JMH, each in a JVM of its own, and all of them again in each round: what disturbs the machine for a while
/// disturbs one round of many cases and not all rounds of one.
///
/// @param effort   how long to look
/// @param pinned   the `java` of cases on one core; empty where cores cannot be chosen
/// @param progress hears of each case
record Suite(Effort effort, Optional<Path> pinned, PrintStream progress) {

    /// Heap enough for everything here, 100,000 flags included, and one collector for all.
    private static final List<String> JVM_ARGUMENTS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "-Dslf4j.internal.verbosity=ERROR");

    /// What the profiler calls the bytes of an operation.
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /// How long to look.
    ///
    /// @param forks       0 runs in this JVM, which measures nothing but shows that everything works
    /// @param iterations  to warm up, and again to measure
    /// @param iteration   its length, for short operations
    record Effort(int rounds, int forks, int iterations, TimeValue iteration) {
        static final Effort FULL = new Effort(3, 1, 4, TimeValue.seconds(1));
        static final Effort QUICK = new Effort(1, 1, 4, TimeValue.milliseconds(250));
        static final Effort SMOKE = new Effort(1, 0, 1, TimeValue.milliseconds(1));
    }

    /// By name, in the order of `cases`. What failed is told to `progress` and is not in the result.
    Map<String, Measurement> measure(List<Case> cases) {
        Map<String, List<Measurement.Round>> rounds = new LinkedHashMap<>();
        for (int round = 1; round <= effort.rounds; round++) {
            for (Case each : cases) {
                progress.printf("round %d of %d: %s%n", round, effort.rounds, each.name());
                List<Measurement.Round> soFar = rounds.computeIfAbsent(each.name(), _ -> new ArrayList<>());
                try {
                    soFar.add(round(each));
                } catch (RunnerException e) {
                    progress.println(each.name() + " failed: " + e);
                }
            }
        }
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        rounds.forEach((name, all) -> {
            if (!all.isEmpty()) measurements.put(name, Measurement.of(name, all));
        });
        return measurements;
    }

    private Measurement.Round round(Case each) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + each.benchmark() + "$")
                .forks(effort.forks)
                .threads(each.threads())
                .jvmArgs(JVM_ARGUMENTS.toArray(String[]::new))
                .warmupIterations(effort.iterations)
                .measurementIterations(effort.iterations)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        each.parameters().forEach(options::param);
        switch (each.pace()) {
            case SHORT -> options.mode(Mode.AverageTime).warmupTime(effort.iteration).measurementTime(effort.iteration);
            case LONG -> options.mode(Mode.SingleShotTime);
        }
        if (each.pinned()) pinned.ifPresent(java -> options.jvm(java.toString()));
        return round(new Runner(options.build()).run());
    }

    private static Measurement.Round round(Collection<RunResult> results) {
        if (results.size() != 1) throw new IllegalStateException("one benchmark expected, not " + results.size());
        RunResult result = results.iterator().next();
        double bytes = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED).getScore();
        return new Measurement.Round(result.getPrimaryResult().getScore(), bytes);
    }
}
