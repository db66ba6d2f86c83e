package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Streams over real sockets: what arrives byte for byte, and that no subscriber can harm another.
class StreamsTest extends StreamFixture {
    @Test
    void events_arrive_as_the_original_writes_them() throws Exception {
        int port = open(QUICK);
        try (StreamClient client = StreamClient.events(port, EVENTS, "Origin: https://a.example")) {
            assertThat(client.head()).containsExactlyInAnyOrder(
                    "HTTP/1.1 200 OK", "content-type: text/event-stream", "cache-control: no-cache",
                    "connection: keep-alive", "transfer-encoding: chunked", "vary: Origin",
                    "access-control-allow-origin: *",
                    "access-control-expose-headers: ETag, Last-Modified, X-GOFEATUREFLAG-VERSION",
                    "x-gofeatureflag-version: 1.2.3");
            topic.publish("{\"a\":1}");
            topic.publish("{\"ä\":2}");
            assertThat(client.chunk()).isEqualTo("id: \ndata: {\"a\":1}\n\n");
            assertThat(client.chunk()).isEqualTo("id: \ndata: {\"ä\":2}\n\n");
        }
        await(() -> topic.size() == 0);
        await(() -> listener.streams().equals(new StreamCounts(0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0)));
        assertThat(served.take()).satisfies(it -> {
            assertThat(it.place().template()).isEqualTo(EVENTS);
            assertThat(it.status()).isEqualTo(200);
            assertThat(it.responseBytes()).isEqualTo(2L * "id: \ndata: {\"a\":1}\n\n".length() + 1);
        });
    }

    @Test
    void a_large_message_arrives_whole_and_before_the_next() throws Exception {
        int port = open(QUICK);
        String large = "\"" + "é1".repeat(200_000) + "\"";
        try (StreamClient client = StreamClient.events(port, EVENTS)) {
            topic.publish(large);
            topic.publish("2");
            StringBuilder text = new StringBuilder();
            while (!text.toString().endsWith("data: 2\n\n")) text.append(client.chunk());
            // A chunk may end within a character, so only what is ASCII can be compared here.
            assertThat(text).startsWith("id: \ndata: \"").hasSizeGreaterThanOrEqualTo(large.length());
        }
    }

    @Test
    void a_quiet_stream_of_events_gives_signs_of_life() throws Exception {
        int port = open(QUICK.withSignsOfLife(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofSeconds(60)));
        try (StreamClient client = StreamClient.events(port, EVENTS)) {
            assertThat(client.chunk()).isEqualTo(":\n\n");
            assertThat(client.chunk()).isEqualTo(":\n\n");
            topic.publish("1");
            assertThat(client.event()).isEqualTo("id: \ndata: 1\n\n");
        }
    }

    @Test
    void a_handler_that_fails_costs_its_own_request_a_500() throws Exception {
        int port = open(QUICK);
        assertThat(RawClient.get(port, "/stream/v1/broken").status()).isEqualTo(500);
        assertThat(listener.streams().opened()).isZero();
        assertThat(listener.accounts().lines())
                .contains(new Accounts.Line("/stream/v1/broken", Accounts.Outcome.FAILED, 500, 1));
    }

    /// One that is refused is not a stream: the connection goes on.
    @Test
    void a_path_without_stream_or_another_method_is_not_found() throws Exception {
        int port = open(QUICK);
        try (RawClient client = new RawClient(port)) {
            assertThat(client.send("POST", EVENTS, "{}").status()).isEqualTo(404);
            assertThat(client.send("HEAD", EVENTS, null).status()).isEqualTo(404);
            assertThat(client.send("GET", "/stream/v1/nothing", null).status()).isEqualTo(404);
            assertThat(client.send("GET", "/health", null).status()).isEqualTo(200);
        }
    }

    @Test
    void after_the_end_of_a_stream_of_events_its_connection_goes_on() throws Exception {
        int port = open(QUICK.withLife(Duration.ofMillis(50)));
        try (StreamClient client = StreamClient.events(port, EVENTS)) {
            assertThat(client.event()).isEmpty();
        }
        await(() -> listener.streams().aged() == 1);
        assertThat(topic.size()).isZero();
    }
}
