package dev.jackstaff.relay.http;

/// Why a stream has ended.
enum End {
    /// The subscriber went.
    LEFT,
    /// Its backlog was full twice.
    LAGGED,
    /// Its socket took nothing for too long, or it asked for answers that it did not read.
    STALLED,
    /// It left pings unanswered.
    SILENT,
    /// It has lasted long enough; the subscriber comes back, perhaps elsewhere.
    AGED,
    /// The key no longer opens what it opened.
    REVOKED,
    /// The server stops.
    STOPPED;

    private static final short GOING_AWAY = 1001;
    private static final short POLICY = 1008;

    /// Whether the subscriber is told, as far as its transport can. To the others there is no use in writing.
    boolean isTold() {
        return this == AGED || this == REVOKED || this == STOPPED;
    }

    /// The status of a WebSocket close frame (RFC 6455, 7.4.1).
    short closeCode() {
        return this == REVOKED ? POLICY : GOING_AWAY;
    }
}
