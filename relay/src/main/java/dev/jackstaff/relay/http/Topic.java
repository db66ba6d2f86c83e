package dev.jackstaff.relay.http;

/// What can be listened to. Thread-safe; nothing here waits.
public interface Topic {

    /// From here on `subscriber` is offered every message, in the order in which they are published.
    void add(Subscriber subscriber);

    void remove(Subscriber subscriber);
}
