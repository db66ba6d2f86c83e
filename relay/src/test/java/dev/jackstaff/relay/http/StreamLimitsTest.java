package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one subscriber cannot do to another, or to the server (R-D2, R-D4, R-D5).
class StreamLimitsTest extends StreamFixture {
    private static final String LARGE = "\"" + "x".repeat(300_000) + "\"";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_subscriber_that_does_not_read_delays_nobody_and_is_closed_when_it_lags(boolean webSocket) throws Exception {
        int port = open(QUICK.withBacklog(4));
        try (StreamClient stuck = StreamClient.thatDoesNotRead(webSocket, port, webSocket ? SOCKET : EVENTS);
                StreamClient healthy = StreamClient.webSocket(port, SOCKET)) {
            int published = 0;
            for (; listener.streams().lagged() == 0; published++) {
                topic.publish(LARGE);
                assertThat(message(healthy)).as("message " + published).isEqualTo(LARGE + "\n");
                assertThat(published).isLessThan(1_000);
            }
            // More than once where the system's buffers have taken a whole backlog in between.
            assertThat(listener.streams().reloads()).isPositive();
            topic.publish("1");
            assertThat(message(healthy)).isEqualTo("1\n");
            assertThat(stuck.isClosedByServer()).isTrue();
            assertThat(topic.size()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_socket_that_takes_nothing_is_closed_in_time(boolean webSocket) throws Exception {
        int port = open(QUICK.withStall(Duration.ofMillis(200)));
        try (StreamClient stuck = StreamClient.thatDoesNotRead(webSocket, port, webSocket ? SOCKET : EVENTS)) {
            for (int i = 0; i < 60; i++) topic.publish(LARGE);
            await(() -> listener.streams().stalled() == 1);
            assertThat(listener.streams().open()).isZero();
            assertThat(stuck.isClosedByServer()).isTrue();
        }
    }

    @Test
    void one_that_catches_up_hears_that_it_missed_something_and_goes_on() throws Exception {
        int port = open(QUICK.withBacklog(4));
        try (StreamClient slow = StreamClient.thatDoesNotRead(true, port, SOCKET)) {
            for (int i = 0; listener.streams().reloads() == 0; i++) {
                topic.publish(LARGE);
                assertThat(i).isLessThan(1_000);
            }
            String message = message(slow);
            while (message.equals(LARGE + "\n")) message = message(slow);
            assertThat(message).isEqualTo("{\"deleted\":{},\"added\":{},\"updated\":{}}\n");
            topic.publish("1");
            assertThat(message(slow)).isEqualTo("1\n");
        }
    }

    @Test
    void whoever_asks_for_answers_and_does_not_read_them_is_closed() throws Exception {
        int port = open(QUICK.withSignsOfLife(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60)));
        try (StreamClient flood = StreamClient.thatDoesNotRead(true, port, SOCKET)) {
            byte[] payload = new byte[125];
            try {
                for (int i = 0; i < 1_000_000; i++) flood.send(0x89, payload);
            } catch (IOException closed) {
                // That is what it is about.
            }
            await(() -> listener.streams().stalled() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, SOCKET})
    void more_streams_than_allowed_are_refused_until_one_goes(String path) throws Exception {
        int port = open(QUICK.withAtOnce(2));
        StreamClient first = connect(port, path);
        try (StreamClient second = connect(port, path)) {
            try (StreamClient third = connect(port, path)) {
                assertThat(third.status()).isEqualTo(503);
                assertThat(third.header("retry-after")).isBetween("3", "7");
                assertThat(third.body()).isEqualTo("{\"message\":\"too many streams\"}\n");
            }
            first.close();
            await(() -> listener.streams().open() == 1);
            try (StreamClient again = connect(port, path)) {
                assertThat(again.status()).isIn(101, 200);
            }
            assertThat(second.status()).isIn(101, 200);
            assertThat(RawClient.get(port, "/health").status()).isEqualTo(200);
        }
        assertThat(listener.streams().refused()).isEqualTo(1);
    }

    @Test
    void when_the_server_stops_streams_are_told_and_it_does_not_wait_for_those_that_do_not_read() throws Exception {
        int port = open(QUICK);
        try (StreamClient stuck = StreamClient.thatDoesNotRead(true, port, SOCKET);
                StreamClient stuckToo = StreamClient.thatDoesNotRead(false, port, EVENTS)) {
            for (int i = 0; i < 40; i++) topic.publish(LARGE);
            List<StreamClient> events = new ArrayList<>(), sockets = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                events.add(StreamClient.events(port, EVENTS));
                sockets.add(StreamClient.webSocket(port, SOCKET));
            }
            StreamClient silent = sockets.removeFirst();
            isClosed = true;
            CompletableFuture<Void> closing = CompletableFuture.runAsync(listener::close);
            for (StreamClient client : events) assertThat(client.event()).isEmpty();
            for (StreamClient client : sockets) {
                StreamClient.Frame goodbye = client.message();
                assertThat(goodbye.closeCode()).isEqualTo(1001);
                client.send(0x88, goodbye.payload().copy());
            }
            closing.get(10, TimeUnit.SECONDS);
            assertThat(stuck.isClosedByServer()).isTrue();
            assertThat(stuckToo.isClosedByServer()).isTrue();
            assertThat(silent.isClosedByServer()).isTrue();
            for (StreamClient client : events) client.close();
            for (StreamClient client : sockets) client.close();
            silent.close();
        }
        StreamCounts counts = listener.streams();
        assertThat(counts.open()).isZero();
        assertThat(counts.stopped()).isEqualTo(122);
        assertThat(topic.size()).isZero();
    }

    private static StreamClient connect(int port, String path) throws IOException {
        return path.equals(EVENTS) ? StreamClient.events(port, path) : StreamClient.webSocket(port, path);
    }

    /// A whole text message, in one frame or several.
    private static String message(StreamClient client) throws IOException {
        StringBuilder message = new StringBuilder();
        StreamClient.Frame frame = client.message();
        for (; frame.first() < 0x80; frame = client.message())
            message.append(frame.text());
        return message.append(frame.text()).toString();
    }
}
