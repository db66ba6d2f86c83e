package dev.jackstaff.outgoing;

import java.io.IOException;

/// A body has more bytes than the caller allows, on the wire or uncompressed.
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(int maxBytes) {
        super("the answer is larger than " + maxBytes + " bytes");
    }
}
