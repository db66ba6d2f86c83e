package dev.jackstaff.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the first line of a connection shows, looked at before the HTTP library reads it: that takes two spaces for one and has
/// an answer of its own to a version it does not know. A line that has not come whole is left to the library.
enum FirstLine {
    SOUND,
    /// No request line (RFC 9112, 3): its three parts are not one space apart.
    BROKEN,
    /// Of a version of HTTP that begins otherwise.
    FOREIGN;

    private static final Pattern VERSION = Pattern.compile("HTTP/(\\d)\\.\\d");

    static FirstLine of(ByteBuf bytes) {
        int from = bytes.readerIndex(), end = bytes.forEachByte(ByteProcessor.FIND_LF);
        if (end < 0) return SOUND;
        String[] parts = bytes.toString(from, end - from, StandardCharsets.ISO_8859_1).stripTrailing().split(" ", 3);
        if (parts.length < 3) return SOUND;
        Matcher version = VERSION.matcher(parts[2]);
        if (!version.matches()) return BROKEN;
        return version.group(1).equals("1") ? SOUND : FOREIGN;
    }
}
