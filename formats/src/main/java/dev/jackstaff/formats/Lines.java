package dev.jackstaff.formats;

import dev.jackstaff.engine.document.Location;
import java.util.Arrays;

/// Where the lines of a text begin, to find the byte at a line and column in any order.
final class Lines {
    private final byte[] text;
    private int[] starts = new int[1024];
    private int count = 1;

    Lines(byte[] text) {
        this.text = text;
        starts[0] = new Utf8(text).start();
        for (int i = 0; i < text.length; i++) {
            if (text[i] != '\n') continue;
            if (count == starts.length) starts = Arrays.copyOf(starts, 2 * count);
            starts[count++] = i + 1;
        }
    }

    /// The offset of the byte at `location`, or -1 where there is none.
    int offset(Location location) {
        if (location.line() < 1 || location.line() > count) return -1;
        int at = starts[location.line() - 1];
        for (int column = 1; column < location.column() && at < text.length; column++) {
            int first = text[at++];
            if (first < 0) while (at < text.length && (text[at] & 0xC0) == 0x80) at++;
        }
        return at < text.length ? at : -1;
    }
}
