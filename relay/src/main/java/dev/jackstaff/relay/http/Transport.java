package dev.jackstaff.relay.http;

/// How a stream reaches its subscriber.
public enum Transport {
    /// Server-sent events: an answer that does not end.
    EVENTS,
    WEB_SOCKET
}
