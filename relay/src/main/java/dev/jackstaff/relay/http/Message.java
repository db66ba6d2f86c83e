package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all subscribers of a topic are told at once, encoded once for each transport and shared by all of them. Immutable.
///
/// It comes in pieces, so that a subscriber with a thin line is seen to take something of a large message.
public final class Message {
    static final int PIECE = 64 * 1024;

    /// In place of messages that were too many for a subscriber: a change without content, upon which clients of the original
    /// ask for the flags again, as upon any change.
    static final Message RELOAD = of("", Body.adopting(
            "{\"deleted\":{},\"added\":{},\"updated\":{}}\n".getBytes(StandardCharsets.UTF_8)), null);

    private final List<Buffer> event;
    private final String text;
    private final List<Buffer> textRest;
    private final int length;
    private final @Nullable Message summary;

    private Message(
            List<Buffer> event, String text, List<Buffer> textRest, int length, @Nullable Message summary) {
        this.event = List.copyOf(event);
        this.text = text;
        this.textRest = List.copyOf(textRest);
        this.length = length;
        this.summary = summary;
    }

    /// The message that asks for a reload.
    public static Message reload() {
        return RELOAD;
    }

    /// A message of JSON in one line, newline at its end included.
    ///
    /// As an event it has an empty id and one line of data; as a text it is the JSON with its newline (`notifier/` of the
    /// original's relay).
    public static Message of(Body json) {
        return of("", json, RELOAD);
    }

    /// A message with an id that says all that those before it have said: where there are too many, the last one is enough.
    ///
    /// @param id in one line
    public static Message replacing(String id, Body json) {
        return of(id, json, null);
    }

    /// @param summary what stands for it and others when they are too many; null for itself
    private static Message of(String id, Body json, @Nullable Message summary) {
        if (id.chars().anyMatch(c -> c < 0x20)) throw new IllegalArgumentException("no id: " + id);
        byte[] before = ("id: " + id + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] line = json.copy();
        if (line.length == 0 || line[line.length - 1] != '\n')
            throw new IllegalArgumentException("no newline at the end of " + line.length + " bytes");
        for (int i = 0; i < line.length - 1; i++)
            if (line[i] == '\n' || line[i] == '\r') throw new IllegalArgumentException("a line break at " + i);
        Buffer event = Buffer.buffer(before.length + line.length + 1)
                .appendBytes(before)
                .appendBytes(line)
                .appendByte((byte) '\n');
        int first = wholeCharacters(line, Math.min(PIECE, line.length));
        return new Message(
                pieces(event, 0), new String(line, 0, first, StandardCharsets.UTF_8),
                pieces(Buffer.buffer(line), first), line.length,
                summary);
    }

    /// What stands for it and others when they are too many for a subscriber.
    Message summary() {
        return summary == null ? this : summary;
    }

    /// Bytes of the JSON.
    int length() {
        return length;
    }

    /// The bytes of a server-sent event.
    List<Buffer> event() {
        return event;
    }

    /// The beginning of a WebSocket text message.
    String text() {
        return text;
    }

    /// What follows the beginning.
    List<Buffer> textRest() {
        return textRest;
    }

    private static List<Buffer> pieces(Buffer bytes, int from) {
        List<Buffer> pieces = new ArrayList<>();
        for (int at = from; at < bytes.length(); at += PIECE)
            pieces.add(bytes.slice(at, Math.min(at + PIECE, bytes.length())));
        return pieces;
    }

    /// `length`, or a little less, so that no character is cut.
    private static int wholeCharacters(byte[] utf8, int length) {
        int end = length;
        while (end < utf8.length && end > 0 && (utf8[end] & 0xC0) == 0x80) end--;
        return end;
    }
}
