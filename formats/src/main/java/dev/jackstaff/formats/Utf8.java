package dev.jackstaff.formats;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/// Bytes of a text, and where in it each of them is: lines and columns from 1, columns in UTF-16 units.
///
/// Asked for offsets that go forward, as parsers do, all questions together cost one pass. Not thread-safe.
final class Utf8 {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] bytes;
    private final int start;
    private int at;
    private int line = 1;
    private int column = 1;
    private int codePoints;

    /// The text of `bytes`, less a byte order mark.
    Utf8(byte[] bytes) {
        this.bytes = bytes;
        this.start = startsWithBom(bytes) ? BOM.length : 0;
        this.at = start;
    }

    static boolean startsWithBom(byte[] bytes) {
        return bytes.length >= BOM.length && bytes[0] == BOM[0] && bytes[1] == BOM[1] && bytes[2] == BOM[2];
    }

    /// The offset of the first byte that is not UTF-8, or -1.
    int firstInvalid() {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(8192);
        while (true) {
            var result = decoder.decode(in, out.clear(), true);
            if (result.isError()) return in.position();
            if (result.isUnderflow()) return -1;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /// Where the text begins: behind the byte order mark.
    int start() {
        return start;
    }

    /// Goes to the byte at `offset` of [#bytes()].
    Utf8 goTo(int offset) {
        if (offset < at) restart();
        while (at < offset && at < bytes.length) step();
        return this;
    }

    /// Goes to the character number `index`, counted in code points from 0.
    Utf8 goToCodePoint(int index) {
        if (index < codePoints) restart();
        while (codePoints < index && at < bytes.length) step();
        return this;
    }

    int offset() {
        return at;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    private void restart() {
        at = start;
        line = column = 1;
        codePoints = 0;
    }

    /// Over one character, whatever its length.
    private void step() {
        byte first = bytes[at++];
        codePoints++;
        column++;
        if (first == '\n' || (first == '\r' && (at == bytes.length || bytes[at] != '\n'))) {
            line++;
            column = 1;
        } else if (first < 0) {
            if ((first & 0xF8) == 0xF0) column++;
            while (at < bytes.length && (bytes[at] & 0xC0) == 0x80) at++;
        }
    }
}
