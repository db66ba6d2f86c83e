package dev.jackstaff.relay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Lets through the first 100 of each second and every 100th of the rest, as the original's logger does, and counts what it
/// does not. Thread-safe, without a lock.
final class Sampling {
    private static final int FIRST = 100;
    private static final int EVERY = 100;
    private static final int COUNT_BITS = 32;

    private final LongSupplier nanoClock;
    private final AtomicLong secondAndCount = new AtomicLong();
    private final AtomicLong untold = new AtomicLong();

    Sampling(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    boolean passes() {
        long second = TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong()) & 0xFFFF_FFFFL;
        long next = secondAndCount.updateAndGet(
                now -> now >>> COUNT_BITS == second ? now + 1 : second << COUNT_BITS | 1);
        long count = next & 0xFFFF_FFFFL;
        boolean passes = count <= FIRST || (count - FIRST) % EVERY == 0;
        if (!passes) untold.incrementAndGet();
        return passes;
    }

    /// How many were not let through since this was asked last.
    long takeUntold() {
        return untold.getAndSet(0);
    }
}
