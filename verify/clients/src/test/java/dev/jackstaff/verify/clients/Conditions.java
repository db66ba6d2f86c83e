package dev.jackstaff.verify.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/// Waits for what has to come.
final class Conditions {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Conditions() {}

    /// Looks until `expected` holds for what it sees, for 20 s at most, and returns that.
    static <T> T await(Callable<T> look, Predicate<T> expected) throws Exception {
        Instant end = Instant.now().plus(LIMIT);
        T seen = look.call();
        while (!expected.test(seen) && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
            seen = look.call();
        }
        assertThat(seen).matches(expected);
        return seen;
    }
}
