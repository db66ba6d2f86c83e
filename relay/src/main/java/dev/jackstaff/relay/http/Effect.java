package dev.jackstaff.relay.http;

/// Something to be done because an answer was chosen, and only then: a value that belongs to the answer. Immutable.
///
/// It runs once, on the event loop, before the answer is written. It must not wait. What it throws is logged and changes
/// nothing.
@FunctionalInterface
public interface Effect {
    void run();
}
