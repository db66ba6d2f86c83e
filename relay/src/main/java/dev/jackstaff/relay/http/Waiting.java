package dev.jackstaff.relay.http;

import java.time.Duration;

/// What a handler that waits may know about its own time. Thread-safe.
public interface Waiting {

    /// Of a handler that must not wait.
    Waiting NOT = new Waiting() {
        @Override
        public Duration left() {
            return Duration.ZERO;
        }

        @Override
        public boolean isOver() {
            return false;
        }
    };

    /// How much is left; zero when time is up.
    Duration left();

    /// Whether the answer has been decided without this handler: what it does from now on is for nobody.
    boolean isOver();

    /// Gives up when there is no use in going on. For every loop over many things and before every call.
    ///
    /// @throws TimeUpException when time is up or the answer has been decided
    default void check() {
        if (isOver() || left().isZero()) throw new TimeUpException();
    }
}
