package dev.jackstaff.verify.stress;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Takes what comes on a stream apart, to the byte: nothing may stand between two messages, within one, or in place of one.
sealed interface Frames {

    /// What does not belong where it stands.
    final class TornException extends Exception {
        private static final long serialVersionUID = 1;
        private static final int SHOWN = 60;

        TornException(String where, byte[] bytes) {
            super(where + ": " + new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.ISO_8859_1));
        }
    }

    /// @param bytes that have come and were not taken before
    /// @param told  of each message
    /// @return how many of them were taken
    int take(byte[] bytes, Consumer<byte[]> told) throws TornException;

    /// Server-sent events with `id` and one line of `data`, or comments, in the chunks of HTTP.
    final class Events implements Frames {
        private static final byte[] ID = "id: ".getBytes(StandardCharsets.US_ASCII),
                DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
        private static final int LONGEST_SIZE = 10;

        private byte[] event = {}; // as much as has come of it

        @Override
        public int take(byte[] bytes, Consumer<byte[]> told) throws TornException {
            int at = 0;
            while (true) {
                int end = indexOf(bytes, '\n', at);
                if (end < 0 && bytes.length - at > LONGEST_SIZE) throw torn("not a chunk", bytes, at);
                if (end < 0) return at;
                int from = end + 1, to = from + size(bytes, at, end);
                if (to + 2 > bytes.length) return at;
                if (bytes[to] != '\r' || bytes[to + 1] != '\n') throw torn("a chunk that does not end", bytes, to);
                events(Arrays.copyOfRange(bytes, from, to), told);
                at = to + 2;
            }
        }

        private static int size(byte[] bytes, int from, int end) throws TornException {
            try {
                String size = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
                if (!size.endsWith("\r")) throw torn("not a chunk", bytes, from);
                return Integer.parseInt(size, 0, size.length() - 1, 16);
            } catch (NumberFormatException e) {
                throw torn("not a chunk", bytes, from);
            }
        }

        private void events(byte[] chunk, Consumer<byte[]> told) throws TornException {
            byte[] all = Arrays.copyOf(event, event.length + chunk.length);
            System.arraycopy(chunk, 0, all, event.length, chunk.length);
            int at = 0;
            for (int end; (end = endOfEvent(all, at)) >= 0; at = end + 2) {
                if (all[at] == ':' && end == at + 1) continue;
                int id = indexOf(all, '\n', at);
                if (!begins(ID, all, at) || !begins(DATA, all, id + 1) || indexOf(all, '\n', id + 1) != end)
                    throw torn("not an event", all, at);
                told.accept(Arrays.copyOfRange(all, id + 1 + DATA.length, end));
            }
            event = Arrays.copyOfRange(all, at, all.length);
        }

        private static int endOfEvent(byte[] bytes, int from) {
            for (int at = from; at + 1 < bytes.length; at++) if (bytes[at] == '\n' && bytes[at + 1] == '\n') return at;
            return -1;
        }

        private static boolean begins(byte[] with, byte[] bytes, int at) {
            return bytes.length - at >= with.length
                    && Arrays.equals(with, 0, with.length, bytes, at, at + with.length);
        }

        private static int indexOf(byte[] bytes, char wanted, int from) {
            for (int at = from; at < bytes.length; at++) if (bytes[at] == wanted) return at;
            return -1;
        }
    }

    /// Frames of a WebSocket as a server sends them: texts that are whole, pings, and a close.
    final class WebSocket implements Frames {
        private static final int WHOLE = 0x80, TEXT = 1, CLOSE = 8, PING = 9;
        private static final int TWO_BYTES = 126;

        private final Runnable pinged;

        WebSocket(Runnable pinged) {
            this.pinged = pinged;
        }

        @Override
        public int take(byte[] bytes, Consumer<byte[]> told) throws TornException {
            int at = 0;
            while (at + 2 <= bytes.length) {
                int kind = (bytes[at] & 0xFF) - WHOLE, length = bytes[at + 1] & 0xFF, body = at + 2;
                if ((kind != TEXT && kind != CLOSE && kind != PING) || length > TWO_BYTES)
                    throw torn("not a frame", bytes, at);
                if (length == TWO_BYTES) {
                    if (at + 4 > bytes.length) break;
                    length = ((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF);
                    body = at + 4;
                }
                if (body + length > bytes.length) break;
                if (kind == PING) pinged.run();
                if (kind == TEXT) told.accept(Arrays.copyOfRange(bytes, body, body + length));
                at = body + length;
            }
            return at;
        }
    }

    private static TornException torn(String where, byte[] bytes, int at) {
        return new TornException(where, Arrays.copyOfRange(bytes, at, bytes.length));
    }
}
