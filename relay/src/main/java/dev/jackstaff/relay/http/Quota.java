package dev.jackstaff.relay.http;

/// How much one caller may ask. Taken from on event loops, so it must not wait. Thread-safe.
@FunctionalInterface
public interface Quota {

    /// As much as there is.
    Quota UNLIMITED = () -> 0;

    /// Takes one request from it.
    ///
    /// @return 0 when there was one; otherwise nanoseconds until there will be one, if nobody takes it first
    long take();
}
