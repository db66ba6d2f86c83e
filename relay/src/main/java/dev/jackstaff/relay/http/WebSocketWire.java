package dev.jackstaff.relay.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;

/// Text messages and pings on a WebSocket.
final class WebSocketWire implements Wire {
    private static final Buffer NOTHING = Buffer.buffer();

    private final ServerWebSocket socket;
    private final Duration beatEvery;

    WebSocketWire(ServerWebSocket socket, Duration beatEvery) {
        this.socket = socket;
        this.beatEvery = beatEvery;
    }

    @Override
    public int pieces(Message message) {
        return 1 + message.textRest().size();
    }

    @Override
    public long bytes(Message message) {
        return message.length();
    }

    @Override
    public Future<Void> write(Message message, int piece) {
        boolean isLast = piece == message.textRest().size();
        return socket.writeFrame(piece == 0
                ? WebSocketFrame.textFrame(message.text(), isLast)
                : WebSocketFrame.continuationFrame(message.textRest().get(piece - 1), isLast));
    }

    @Override
    public Future<Void> beat() {
        return socket.writePing(NOTHING);
    }

    @Override
    public Duration beatEvery() {
        return beatEvery;
    }

    @Override
    public boolean isAnswered() {
        return true;
    }

    @Override
    public Future<Void> end(End why) {
        return socket.close(why.closeCode());
    }

    /// Reads no further, so that nothing keeps the connection from its idle limit when the close frame is not taken either.
    @Override
    public void cut() {
        if (socket.isClosed()) return;
        socket.pause();
        socket.close(End.STALLED.closeCode());
    }
}
