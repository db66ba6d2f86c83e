package dev.jackstaff.relay.http;

/// Why a connection was closed.
enum ConnectionEnd {
    /// By the client, or with its last answer.
    LEFT,
    /// The server has as many connections as it takes.
    CROWDED,
    /// Its address has.
    CROWDED_ADDRESS,
    /// TLS was not agreed on in time, or not at all.
    HANDSHAKE,
    /// The head of a request did not arrive in time.
    SLOW_HEAD,
    /// A body came too slowly.
    SLOW_BODY,
    /// A body was larger than it may be.
    TOO_LARGE,
    /// There was too much to do to read a large body.
    REFUSED,
    /// It sent too many frames of HTTP/2 that ask nothing.
    FLOODED,
    /// What was written was not taken.
    STALLED,
    /// Nothing moved.
    IDLE
}
