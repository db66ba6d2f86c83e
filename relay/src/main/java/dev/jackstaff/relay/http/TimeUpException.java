package dev.jackstaff.relay.http;

/// Thrown by a handler that gives up because its time is over, or because nobody waits for its answer any more: no failure
/// of its own.
public final class TimeUpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TimeUpException() {
        super("the time for this request is over", null, false, false);
    }
}
