package dev.jackstaff.verify.benchmarks.engines;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/// A flag engine with the flags of [Flag], set up without a network and ready to be asked.
///
/// What an application prepares once a request (the context) is made beforehand, and what an engine does besides
/// deciding (events, metrics, hooks) is switched off, so that the numbers are those of the decision.
public interface Engine extends AutoCloseable {

    /// An engine of the comparison.
    enum Kind {
        JACKSTAFF,
        /// What one would write without any engine; nobody can change it while the program runs.
        HAND_WRITTEN,
        LAUNCHDARKLY,
        UNLEASH,
        FLAGD;

        /// Starts it.
        ///
        /// @param users whom it will be asked about
        public Engine start(List<User> users) throws IOException {
            return switch (this) {
                case JACKSTAFF -> new Jackstaff(users);
                case HAND_WRITTEN -> new HandWritten(users);
                case LAUNCHDARKLY -> new LaunchDarkly(users);
                case UNLEASH -> new Unleash(users);
                case FLAGD -> new Flagd(users);
            };
        }

        /// Whether it takes rules as data and buckets users stably.
        public boolean hasRules() {
            return this != HAND_WRITTEN;
        }

        /// As the tables have it, `hand-written`.
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Answers whether the flag is on for the user of a number. Thread-safe.
    IntPredicate asking(Flag flag);

    @Override
    void close();
}
