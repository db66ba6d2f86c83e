package dev.jackstaff.relay.http;

import io.vertx.core.Future;
import java.time.Duration;

/// One transport to one subscriber. For the event loop of its connection alone.
interface Wire {

    /// How many pieces a message has on this transport.
    int pieces(Message message);

    /// How many bytes a message has on this transport.
    long bytes(Message message);

    /// Writes one piece; done when the socket has taken it.
    Future<Void> write(Message message, int piece);

    /// Writes a sign of life; done when the socket has taken it.
    Future<Void> beat();

    /// Between two signs of life.
    Duration beatEvery();

    /// Whether the subscriber answers signs of life.
    boolean isAnswered();

    /// Says goodbye as the transport does, after what was written before; done when that is over.
    Future<Void> end(End why);

    /// Gives the connection up: nothing is written any more, and it closes as soon as the transport can.
    void cut();
}
