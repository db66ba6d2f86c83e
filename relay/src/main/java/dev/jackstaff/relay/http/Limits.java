package dev.jackstaff.relay.http;

import java.time.Duration;

/// What one client can ask of the server at most. The original has no limits at all (R-D12).
///
/// @param headBytes   request line and headers together; more is 431, or 414 when the line alone is too long
/// @param lineBytes   of the request line
/// @param bodyBytes   more is 413
/// @param batchBytes  the same where clients send what they have collected
/// @param inlineBytes a batch that is larger is not worked on by an event loop, which others wait for
/// @param heldBytes   of all bodies together that are being read, wait for their handler or are with it
/// @param linger      how long the rest of a refused body is read and dropped before the connection is closed
/// @param queue       how long requests may wait for an event loop, when that does not pass; zero for any time
/// @param peers       how many connections there may be, and how slow
/// @param streams     of those who listen
public record Limits(int headBytes, int lineBytes, int bodyBytes, int batchBytes, int inlineBytes, long heldBytes,
        Duration linger, Duration queue, PeerLimits peers, StreamLimits streams) {
    /// An eighth of the heap for bodies, or two of the largest.
    public static final Limits DEFAULT =
            new Limits(16 * 1024, 8 * 1024, 1024 * 1024, 5 * 1024 * 1024, 16 * 1024,
                    Math.max(Runtime.getRuntime().maxMemory() / 8, 10L * 1024 * 1024), Duration.ofSeconds(2),
                    Duration.ofMillis(100), PeerLimits.DEFAULT, StreamLimits.DEFAULT);

    /// A larger body is not read when its request is refused with 503, nor before there is room for it. Nor is a batch that no
    /// event loop works on.
    static final int LARGE_BYTES = 64 * 1024;

    /// On one connection of HTTP/2, streams among them.
    static final int REQUESTS_AT_ONCE = 128;

    /// A connection on which more requests of HTTP/2 are taken back within that time is closed.
    static final int RESETS = 200, RESETS_WITHIN_SECONDS = 30;

    /// A connection that sends more frames of HTTP/2 within that time that ask nothing of the relay (pings, settings) is closed.
    static final int CONTROL_FRAMES = 1_000, CONTROL_FRAMES_WITHIN_SECONDS = 30;

    /// On a connection of HTTP/2 on which more bytes of answers are yet to be taken, no further request is worked on.
    static final int UNTAKEN_BYTES = 1024 * 1024;

    /// Bytes of answers that the system may hold for a connection, which it doubles for its own needs. Left to itself it would take
    /// megabytes for a client that reads nothing, and the relay would work out answers until it had them.
    static final int SEND_BUFFER = 64 * 1024;

    /// So many tiny pieces a head of HTTP/2 may come in.
    static final int SMALL_CONTINUATIONS = 16;

    public Limits with(PeerLimits peers) {
        return new Limits(headBytes, lineBytes, bodyBytes, batchBytes, inlineBytes, heldBytes, linger, queue, peers,
                streams);
    }

    Limits with(StreamLimits streams) {
        return new Limits(headBytes, lineBytes, bodyBytes, batchBytes, inlineBytes, heldBytes, linger, queue, peers,
                streams);
    }

    /// The same with another limit on the wait for an event loop.
    public Limits withQueue(Duration queue) {
        return new Limits(headBytes, lineBytes, bodyBytes, batchBytes, inlineBytes, heldBytes, linger, queue, peers,
                streams);
    }
}
