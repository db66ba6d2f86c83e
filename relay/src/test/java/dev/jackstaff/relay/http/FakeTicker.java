package dev.jackstaff.relay.http;

import dev.jackstaff.runtime.Timer;
import dev.jackstaff.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;

/// A monotonic clock and its timer that move only when told. It begins a moment before it overflows.
final class FakeTicker implements Ticker, Timer {
    private static final Instant START = Instant.EPOCH;

    private final FakeClock clock = new FakeClock(START);
    private final long start;

    FakeTicker() {
        this(Long.MAX_VALUE - 1_000);
    }

    FakeTicker(long start) {
        this.start = start;
    }

    @Override
    public long nanos() {
        return start + Duration.between(START, clock.instant()).toNanos();
    }

    /// The point that comes after a while.
    long in(Duration duration) {
        return nanos() + duration.toNanos();
    }

    void advance(Duration duration) {
        clock.advance(duration);
    }

    /// Tasks that are planned and not taken back.
    int planned() {
        return clock.planned();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        return clock.after(delay, task);
    }
}
