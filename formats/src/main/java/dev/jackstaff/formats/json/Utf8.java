package dev.jackstaff.formats.json;

import java.io.ByteArrayOutputStream;

/// Malformed UTF-8 is repaired, not refused: each byte that does not belong becomes U+FFFD, as Go's decoder has it
/// (`unicode/utf8`, DecodeRune: width 1 for what is invalid).
final class Utf8 {
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private Utf8() {}

    /// The number of leading bytes that are well-formed.
    static int validUntil(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            int width = width(bytes, at, length);
            if (width == 0) return at;
            at += width;
        }
        return length;
    }

    /// A well-formed copy.
    static byte[] repaired(byte[] bytes, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 16);
        for (int at = 0; at < length;) {
            int width = width(bytes, at, length);
            if (width == 0) {
                out.writeBytes(REPLACEMENT);
                at++;
            } else {
                out.write(bytes, at, width);
                at += width;
            }
        }
        return out.toByteArray();
    }

    /// Bytes of the well-formed sequence at `at`, 0 where there is none (table 3-7 of the Unicode standard).
    private static int width(byte[] bytes, int at, int length) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) return 1;
        if (lead < 0xC2 || lead > 0xF4) return 0;
        int width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + width > length) return 0;
        int second = bytes[at + 1] & 0xFF;
        int from = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int to = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < from || second > to) return 0;
        for (int i = at + 2; i < at + width; i++) if ((bytes[i] & 0xC0) != 0x80) return 0;
        return width;
    }
}
