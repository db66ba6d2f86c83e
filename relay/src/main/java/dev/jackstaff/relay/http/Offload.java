package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// Where requests of one kind wait: so many at a time, each for so long. Thread-safe.
public final class Offload {

    /// How many requests came to what; at rest `started` is the sum of the four that follow it, and `late` is `expired` and
    /// `gone` together.
    ///
    /// @param refused  answered 503 without any work
    /// @param started  handed to a worker
    /// @param answered by their handler
    /// @param failed   by an exception of their handler
    /// @param expired  answered 504
    /// @param gone     without anybody to answer
    /// @param late     handlers that ended when the answer had been decided
    /// @param free     permits that are not out
    public record Counts(
            long refused, long started, long answered, long failed, long expired, long gone, long late, int free) {}

    private final Executor workers;
    private final int atOnce;
    private final Duration limit;
    private final Semaphore permits;
    final LongAdder refused = new LongAdder();
    final LongAdder started = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder expired = new LongAdder();
    final LongAdder gone = new LongAdder();
    final LongAdder late = new LongAdder();

    /// @param workers runs what waits, a thread each; virtual ones are fine
    /// @param atOnce  how many may run at the same time; a permit comes back when its handler ends, not with the answer
    /// @param limit   from the body being whole to the answer
    public Offload(Executor workers, int atOnce, Duration limit) {
        if (atOnce <= 0 || limit.isNegative() || limit.isZero())
            throw new IllegalArgumentException(atOnce + " at once, for " + limit);
        this.workers = requireNonNull(workers, "workers");
        this.atOnce = atOnce;
        this.limit = limit;
        permits = new Semaphore(atOnce);
    }

    Executor workers() {
        return workers;
    }

    Duration limit() {
        return limit;
    }

    /// How many permits there are.
    public int atOnce() {
        return atOnce;
    }

    boolean takePermit() {
        return permits.tryAcquire();
    }

    void returnPermit() {
        permits.release();
    }

    public Counts counts() {
        return new Counts(
                refused.sum(), started.sum(), answered.sum(), failed.sum(), expired.sum(), gone.sum(), late.sum(),
                permits.availablePermits());
    }
}
