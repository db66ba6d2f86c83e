package dev.jackstaff.relay.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/// Server-sent events on an answer whose head is written.
final class EventWire implements Wire {
    private static final Buffer COMMENT = Buffer.buffer(":\n\n");

    private final HttpServerResponse out;
    private final Runnable cut;
    private final Duration beatEvery;

    /// @param cut gives up what carries the answer: the connection, or its part of one that is shared
    EventWire(HttpServerResponse out, Runnable cut, Duration beatEvery) {
        this.out = out;
        this.cut = cut;
        this.beatEvery = beatEvery;
    }

    @Override
    public int pieces(Message message) {
        return message.event().size();
    }

    @Override
    public long bytes(Message message) {
        long bytes = 0;
        for (Buffer piece : message.event()) bytes += piece.length();
        return bytes;
    }

    @Override
    public Future<Void> write(Message message, int piece) {
        return out.write(message.event().get(piece));
    }

    @Override
    public Future<Void> beat() {
        return out.write(COMMENT);
    }

    @Override
    public Duration beatEvery() {
        return beatEvery;
    }

    @Override
    public boolean isAnswered() {
        return false;
    }

    @Override
    public Future<Void> end(End why) {
        return out.end();
    }

    @Override
    public void cut() {
        cut.run();
    }
}
