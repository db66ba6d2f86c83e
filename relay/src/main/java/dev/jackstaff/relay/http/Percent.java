package dev.jackstaff.relay.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Percent-encoding (RFC 3986), decoded exactly once (R-D17).
final class Percent {
    private Percent() {}

    /// The text that `raw` stands for, or null when an escape is broken or the bytes are no UTF-8.
    ///
    /// @param raw as the HTTP decoder hands it over: one char a byte
    static @Nullable String decode(String raw) {
        if (isPlain(raw)) return raw;
        String bytes = bytes(raw);
        if (bytes == null) return null;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// The bytes that `raw` stands for, whatever they mean, one char a byte like `raw`; null when an escape is broken.
    static @Nullable String bytes(String raw) {
        StringBuilder bytes = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int value = escape(raw, i);
                if (value < 0) return null;
                bytes.append((char) value);
                i += 2;
            } else {
                if (c > 0xFF) return null;
                bytes.append(c);
            }
        }
        return bytes.toString();
    }

    /// Whether every escape from `from` on is whole.
    static boolean isWellFormed(String raw, int from) {
        for (int i = raw.indexOf('%', from); i >= 0; i = raw.indexOf('%', i + 3)) if (escape(raw, i) < 0) return false;
        return true;
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c >= 0x80) return false;
        }
        return true;
    }

    private static int escape(String raw, int at) {
        if (at + 2 >= raw.length()) return -1;
        int high = Character.digit(raw.charAt(at + 1), 16), low = Character.digit(raw.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
