package dev.jackstaff.relay.http;

/// Who listens to a [Topic], as its publisher sees them: somewhere to put a message, and nothing that leads to a connection.
@FunctionalInterface
public interface Subscriber {

    /// Puts a message where its subscriber finds it. Never waits, whatever the subscriber does. Thread-safe.
    void offer(Message message);
}
