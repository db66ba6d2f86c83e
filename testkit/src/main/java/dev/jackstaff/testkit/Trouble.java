package dev.jackstaff.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// What a server can do so that a call to it does not end: T14 of the design for deadlines.
public enum Trouble implements RawServer.Script {
    /// Nothing is said.
    SILENCE("", false),
    /// The head comes byte by byte.
    HEAD_DRIPS("", true),
    /// The head comes, and the body byte by byte.
    BODY_DRIPS("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", true),
    /// The head comes, and half of the body.
    BODY_STALLS("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nhalf", false),
    /// A body of unknown length comes byte by byte.
    CHUNKS_DRIP("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", true),
    /// The same, of a failure.
    FAILURE_DRIPS("HTTP/1.1 500 No\r\nContent-Length: 9000\r\n\r\n", true);

    private static final String LONG_HEAD = "HTTP/1.1 200 OK\r\nX-Long: ", CHUNK = "1\r\nx\r\n";

    private static final int CHUNKS = 1_500;

    private final String begins;
    private final boolean drips;

    Trouble(String begins, boolean drips) {
        this.begins = begins;
        this.drips = drips;
    }

    @Override
    public void answer(RawServer.Request request, RawServer.Exchange exchange) throws Exception {
        exchange.write(begins.getBytes(ISO_8859_1));
        String drops = (this == HEAD_DRIPS ? LONG_HEAD + "x".repeat(CHUNKS) : "") + CHUNK.repeat(CHUNKS);
        if (drips) exchange.drip(drops.getBytes(ISO_8859_1));
        else
            exchange.stall();
    }
}
