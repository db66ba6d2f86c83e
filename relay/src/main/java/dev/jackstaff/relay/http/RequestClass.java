package dev.jackstaff.relay.http;

/// Requests that share what a server with too much to do can still take on. Each class has its share, so that one that asks
/// too much does not keep the others from being answered.
public enum RequestClass {
    /// About one flag.
    EVALUATE,
    /// About all flags.
    BULK,
    /// Events that a client has collected.
    COLLECT,
    /// Flags that are read by hand.
    REFRESH,
    /// The beginnings of streams.
    STREAMS,
    /// Everything else about flags, and documentation.
    OTHER,
    /// Whether all is well. Always answered: whoever asks has to hear that there is too much to do.
    HEALTH;

    boolean isReserved() {
        return this == HEALTH;
    }
}
