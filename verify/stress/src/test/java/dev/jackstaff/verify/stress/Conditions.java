package dev.jackstaff.verify.stress;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what has to come.
final class Conditions {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private Conditions() {}

    /// Looks until it is so, for a minute at most.
    static void await(String what, Callable<Boolean> so) throws Exception {
        Instant end = Instant.now().plus(LIMIT);
        while (!so.call()) {
            if (Instant.now().isAfter(end)) throw new AssertionError("has not come: " + what);
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
