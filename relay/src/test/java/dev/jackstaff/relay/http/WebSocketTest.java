package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.http.StreamClient.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 7.2 of the original's rules, frame by frame.
class WebSocketTest extends StreamFixture {
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int CLOSE = 0x88;
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private static final List<String> ACCEPTED = List.of(
            "HTTP/1.1 101 Switching Protocols", "upgrade: websocket", "connection: upgrade",
            "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    /// The accepted key is the one of RFC 6455, 1.3.
    @Test
    void the_handshake_is_answered_with_its_own_headers_and_no_others() throws Exception {
        int port = open(QUICK);
        try (StreamClient client = StreamClient.webSocket(
                port, SOCKET, "Origin: https://elsewhere.example", "Sec-WebSocket-Protocol: ws, http, https",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
            assertThat(client.head()).containsExactlyInAnyOrderElementsOf(ACCEPTED);
        }
    }

    /// R-D39.
    @Test
    void on_the_older_path_it_is_told_where_to_go() throws Exception {
        int port = open(QUICK);
        List<String> expected = new ArrayList<>(ACCEPTED);
        expected.addAll(List.of("deprecation: true", "link: <" + SOCKET + ">; rel=\"successor-version\""));
        try (StreamClient client = StreamClient.webSocket(port, OLD_SOCKET)) {
            assertThat(client.head()).containsExactlyInAnyOrderElementsOf(expected);
        }
        var answer = RawClient.get(port, OLD_SOCKET);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.head()).containsAll(expected.subList(ACCEPTED.size(), expected.size()));
        var wrongMethod = RawClient.post(port, OLD_SOCKET, "{}");
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.header("allow")).isEqualTo("OPTIONS, GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: no base64\r\n",
        "Connection: keep-alive\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
        "Connection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
    })
    void what_is_no_handshake_is_a_bad_request(String headers) throws Exception {
        int port = open(QUICK);
        try (RawClient client = new RawClient(port)) {
            client.write("GET " + SOCKET + " HTTP/1.1\r\nHost: relay\r\n" + headers + "\r\n");
            var answer = client.read();
            assertThat(answer.status() + " " + answer.body()).isEqualTo("400 Bad Request\n");
            assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(answer.header("sec-websocket-version")).isEqualTo("13");
            assertThat(answer.header("x-gofeatureflag-version")).isEqualTo("1.2.3");
            assertThat(client.send("GET", "/health", null).status()).as("the connection goes on").isEqualTo(200);
        }
        assertThat(listener.streams().opened()).isZero();
    }

    @Test
    void a_message_is_one_text_frame_with_a_newline_at_its_end() throws Exception {
        int port = open(QUICK);
        try (StreamClient client = StreamClient.webSocket(port, SOCKET)) {
            topic.publish("{\"ä\":1}");
            topic.publish("2");
            Frame first = client.message(), second = client.message();
            assertThat(first.first()).isEqualTo(TEXT);
            assertThat(first.text()).isEqualTo("{\"ä\":1}\n");
            assertThat(second.text()).isEqualTo("2\n");
        }
        await(() -> topic.size() == 0);
        assertThat(served.take()).satisfies(it -> {
            assertThat(it.status()).isEqualTo(101);
            assertThat(it.responseBytes()).isEqualTo("{\"..\":1}\n".length() + 2);
        });
    }

    @Test
    void a_large_message_comes_in_fragments_with_nothing_between_them() throws Exception {
        int port = open(QUICK.withSignsOfLife(MINUTE, Duration.ofMillis(1), MINUTE));
        String large = "é1".repeat(100_000);
        try (StreamClient client = StreamClient.webSocket(port, SOCKET)) {
            topic.publish(large);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            List<Integer> kinds = new ArrayList<>();
            Frame frame = client.message();
            while (frame.first() < 0x80) {
                kinds.add(frame.first());
                message.write(frame.payload().copy());
                frame = client.message();
            }
            message.write(frame.payload().copy());
            assertThat(kinds).startsWith(0x01).hasSizeGreaterThan(2);
            assertThat(kinds.subList(1, kinds.size())).containsOnly(0x00);
            assertThat(frame.first()).isEqualTo(0x80);
            assertThat(message.toString(StandardCharsets.UTF_8)).isEqualTo(large + "\n");
        }
    }

    @Test
    void empty_pings_come_again_and_again() throws Exception {
        int port = open(QUICK.withSignsOfLife(MINUTE, Duration.ofMillis(20), MINUTE));
        try (StreamClient client = StreamClient.webSocket(port, SOCKET)) {
            for (int i = 0; i < 3; i++) {
                Frame frame = client.frame();
                assertThat(frame.first()).isEqualTo(PING);
                assertThat(frame.payload().length()).isZero();
            }
        }
    }

    @Test
    void whoever_answers_no_ping_is_dropped_whatever_else_it_sends() throws Exception {
        int port = open(QUICK.withSignsOfLife(MINUTE, Duration.ofMillis(20), Duration.ofMillis(300)));
        try (StreamClient answers = StreamClient.webSocket(port, SOCKET);
                StreamClient talks = StreamClient.webSocket(port, SOCKET)) {
            try {
                for (Frame frame = talks.frame(); frame.isPing(); frame = talks.frame()) {
                    talks.send(TEXT, "hello".getBytes(StandardCharsets.UTF_8));
                    answers.send(PONG, new byte[0]);
                }
            } catch (IOException dropped) {
                // That is what it is about.
            }
            await(() -> listener.streams().silent() == 1);
            topic.publish("1");
            assertThat(answers.message().text()).isEqualTo("1\n");
            assertThat(listener.streams().open()).isEqualTo(1);
        }
    }

    @Test
    void a_clients_ping_is_answered_and_its_data_is_dropped() throws Exception {
        int port = open(QUICK.withSignsOfLife(MINUTE, MINUTE, MINUTE));
        try (StreamClient client = StreamClient.webSocket(port, SOCKET)) {
            client.send(TEXT, "x".repeat(4_096).getBytes(StandardCharsets.UTF_8));
            client.send(0x02, new byte[100]);
            client.send(0x80, new byte[100]);
            client.send(PING, "abc".getBytes(StandardCharsets.UTF_8));
            Frame pong = client.frame();
            assertThat(pong.first()).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("abc");
            topic.publish("1");
            assertThat(client.message().text()).isEqualTo("1\n");
        }
    }

    /// R-D4.
    @Test
    void a_frame_that_is_too_large_ends_the_connection() throws Exception {
        int port = open(QUICK);
        try (StreamClient client = StreamClient.webSocket(port, SOCKET)) {
            client.send(TEXT, new byte[4_097]);
            assertThat(client.isClosedByServer()).isTrue();
        }
        await(() -> listener.streams().open() == 0);
    }

    @Test
    void a_client_that_says_goodbye_hears_it_back() throws Exception {
        int port = open(QUICK.withSignsOfLife(MINUTE, MINUTE, MINUTE));
        try (StreamClient client = StreamClient.webSocket(port, SOCKET)) {
            client.send(CLOSE, new byte[]{0x03, (byte) 0xE8});
            assertThat(client.frame().closeCode()).isEqualTo(1000);
            assertThat(client.isClosedByServer()).isTrue();
        }
        await(() -> listener.streams().left() == 1);
        assertThat(topic.size()).isZero();
    }

    @Test
    void the_close_frame_says_why() throws Exception {
        int port = open(QUICK.withSignsOfLife(MINUTE, MINUTE, MINUTE));
        try (StreamClient client = StreamClient.webSocket(port, SOCKET)) {
            mayListen.set(false);
            assertThat(client.frame().closeCode()).isEqualTo(1008);
            client.send(CLOSE, new byte[]{0x03, (byte) 0xF0});
            assertThat(client.isClosedByServer()).isTrue();
        }
        await(() -> listener.streams().revoked() == 1);
        assertThat(listener.streams().open()).isZero();
    }

    @Test
    void a_client_that_does_not_answer_a_close_frame_is_not_waited_for_long() throws Exception {
        int port = open(QUICK.withLife(Duration.ofMillis(50)));
        try (StreamClient client = StreamClient.webSocket(port, SOCKET)) {
            assertThat(client.message().closeCode()).isEqualTo(1001);
            assertThat(client.isClosedByServer()).isTrue();
        }
        await(() -> listener.streams().aged() == 1);
    }
}
