package dev.jackstaff.runtime;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/// What a flag set takes from the process it lives in: threads, time and chance. Flag sets may share one; they shut nothing
/// down.
///
/// @param workers runs what blocks: retrieving, parsing, compiling, listeners, exporting. Needs a thread for each retriever
///                and exporter that may hang at the same time; virtual threads are fine
/// @param timer   starts polls and ends waits
/// @param clock   the time of day
/// @param random  spreads polls and retries; used by one thread at a time
public record Resources(Executor workers, Timer timer, InstantSource clock, RandomGenerator random) {

    public Resources {
        requireNonNull(workers, "workers");
        requireNonNull(timer, "timer");
        requireNonNull(clock, "clock");
        requireNonNull(random, "random");
    }

    /// With the system's clock and fresh chance.
    public static Resources of(Executor workers, ScheduledExecutorService scheduler) {
        return new Resources(workers, Timer.of(scheduler), InstantSource.system(), new SplittableRandom());
    }
}
