package dev.jackstaff.relay.http;

import java.time.Duration;

/// What one subscriber can ask of the server at most, and all of them together. The original has none of these limits
/// (R-D2, R-D4, R-D5).
///
/// @param atOnce      streams at the same time; a further one is answered 503
/// @param backlog     messages that wait for one subscriber
/// @param stall       how long a subscriber's socket may take nothing of what is written
/// @param comment     between two signs of life on a stream of events
/// @param ping        between two pings on a WebSocket
/// @param pong        how long a WebSocket may leave pings unanswered
/// @param frameBytes  of one inbound WebSocket frame
/// @param life        of a stream, moved by up to a fifth either way, so that streams that began together do not end together
/// @param look        between two looks at the clock for all streams of one event loop
/// @param farewell    within which all streams are ended when the server stops
public record StreamLimits(
        int atOnce, int backlog, Duration stall, Duration comment, Duration ping, Duration pong, int frameBytes,
        Duration life, Duration look, Duration farewell) {

    public static final StreamLimits DEFAULT = new StreamLimits(
            20_000, 64, Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(60),
            4096, Duration.ofMinutes(30), Duration.ofMillis(250), Duration.ofSeconds(2));

    public StreamLimits {
        if (atOnce < 0 || backlog < 1 || frameBytes < 125)
            throw new IllegalArgumentException(atOnce + " at once, backlog " + backlog + ", frame " + frameBytes);
    }

    StreamLimits withAtOnce(int atOnce) {
        return new StreamLimits(atOnce, backlog, stall, comment, ping, pong, frameBytes, life, look, farewell);
    }

    StreamLimits withBacklog(int backlog) {
        return new StreamLimits(atOnce, backlog, stall, comment, ping, pong, frameBytes, life, look, farewell);
    }

    StreamLimits withStall(Duration stall) {
        return new StreamLimits(atOnce, backlog, stall, comment, ping, pong, frameBytes, life, look, farewell);
    }

    StreamLimits withSignsOfLife(Duration comment, Duration ping, Duration pong) {
        return new StreamLimits(atOnce, backlog, stall, comment, ping, pong, frameBytes, life, look, farewell);
    }

    StreamLimits withLife(Duration life) {
        return new StreamLimits(atOnce, backlog, stall, comment, ping, pong, frameBytes, life, look, farewell);
    }

    StreamLimits withLook(Duration look) {
        return new StreamLimits(atOnce, backlog, stall, comment, ping, pong, frameBytes, life, look, farewell);
    }
}
