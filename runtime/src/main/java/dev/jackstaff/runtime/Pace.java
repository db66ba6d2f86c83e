package dev.jackstaff.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When to poll next: at the interval, or sooner as long as a first load is outstanding.
///
/// As in GO Feature Flag the jitter is drawn once, so that one server's polls are evenly spaced. Retries double their
/// distance up to the interval, and each varies by a tenth, so that many servers do not return to a broken store together.
final class Pace {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
    private static final double SPREAD = 0.1;

    private final boolean polls;
    private final Duration interval;
    private final RandomGenerator random;
    private int retries;

    Pace(FlagSetOptions options, RandomGenerator random) {
        this.random = random;
        polls = options.polls();
        interval = options.pollingJitter() ? spread(options.pollingInterval()) : options.pollingInterval();
    }

    /// The time from the begin of the last poll to the next; empty when there is none.
    ///
    /// @param loaded whether every retriever has delivered a document by now. Without polling this is what is still
    ///               retried: no flags at all are not what anybody meant by "no polling"
    Optional<Duration> next(boolean loaded) {
        if (loaded) return polls ? Optional.of(interval) : Optional.empty();
        Duration longest = polls && interval.compareTo(LONGEST_RETRY) < 0 ? interval : LONGEST_RETRY;
        Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(retries++, 10));
        return Optional.of(retry.compareTo(longest) < 0 ? spread(retry) : longest);
    }

    private Duration spread(Duration duration) {
        double factor = 1 + SPREAD * (2 * random.nextDouble() - 1);
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
