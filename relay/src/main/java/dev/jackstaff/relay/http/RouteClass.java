package dev.jackstaff.relay.http;

/// Requests that have a time limit in common.
public enum RouteClass {
    /// One flag.
    EVALUATE,
    /// All flags.
    BULK,
    /// Events that a client has collected.
    COLLECTOR,
    /// Flags that are read by hand.
    REFRESH,
    /// Everything else.
    OTHER
}
