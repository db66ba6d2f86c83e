package dev.jackstaff.relay.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/// Where the pieces of a body come together whose length has been told. It grows with what comes: a client that tells of much and
/// sends little takes little. For one event loop alone.
final class Room {
    /// It has at most so many times what has come, so that of a body that comes quickly no more than a third is copied
    /// twice.
    private static final int AHEAD = 4;

    private static final int LEAST = 1024;

    private final int length;
    private byte[] bytes = new byte[0];
    private int filled;

    /// @param length of the whole body
    Room(int length) {
        this.length = length;
    }

    /// The next piece; all of them together are not longer than the body.
    void add(Buffer piece) {
        int end = filled + piece.length();
        if (end > bytes.length) bytes = Arrays.copyOf(bytes, sizeFor(end));
        piece.getBytes(bytes, filled);
        filled = end;
    }

    private int sizeFor(int end) {
        return (int) Math.min(length, Math.max(LEAST, (long) AHEAD * end));
    }

    /// How many bytes it takes now.
    int size() {
        return bytes.length;
    }

    /// The whole body, once all of it has come. Not to be written to any more.
    byte[] whole() {
        if (filled < length) throw new IllegalStateException(filled + " of " + length + " bytes have come");
        return bytes;
    }
}
