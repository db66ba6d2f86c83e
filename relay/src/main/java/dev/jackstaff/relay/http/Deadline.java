package dev.jackstaff.relay.http;

import java.time.Duration;

/// The point on the monotonic clock up to which an answer counts. Immutable.
///
/// Points are told apart by their difference and never compared, since the clock may overflow between them (I15).
///
/// @param ticker the clock
/// @param at     the point on it
/// @param floor  nanoseconds that must be left for work to begin
record Deadline(Ticker ticker, long at, long floor) {

    /// Negative when it has passed.
    long leftNanos() {
        return at - ticker.nanos();
    }

    /// Zero when it has passed.
    Duration left() {
        return Duration.ofNanos(Math.max(0, leftNanos()));
    }

    boolean isPast() {
        return leftNanos() <= 0;
    }

    /// Whether there is enough time for work to begin. What has not begun then is refused, and nothing was done (I20).
    boolean allowsStart() {
        long left = leftNanos();
        return left > 0 && left >= floor;
    }
}
