package dev.jackstaff.relay.http;

/// Watches answers after they are written. It changes nothing: what it throws is dropped. Called on the event loop, so it
/// must not wait.
@FunctionalInterface
public interface Observer {
    void served(Served request);

    /// Whether [Served#caller] shall be there for an answer of this status. It costs, so it is asked first.
    default boolean asksWho(int status) {
        return false;
    }
}
