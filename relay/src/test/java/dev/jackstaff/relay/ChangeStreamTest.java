package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.StreamClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes as clients hear of them, from the edit of a file to the bytes on the socket.
class ChangeStreamTest {
    private static final String EVENTS = "/stream/v1/sse/flag/change";
    private static final String SOCKET = "/stream/v1/ws/flag/change";

    @TempDir
    Path folder;

    @Test
    void an_edit_reaches_who_listens_with_the_flags_before_and_after() throws Exception {
        flags("a", 1);
        try (RunningRelay relay = Relay.start(oneFlagSet("authorizedKeys: {admin: [root]}\n"));
                StreamClient client = StreamClient.events(relay.port(), EVENTS);
                StreamClient socket = StreamClient.webSocket(relay.port(), SOCKET);
                StreamClient oldSocket = StreamClient.webSocket(relay.port(), "/ws/v1/flag/change?apiKey=ignored")) {
            flags("a", 2);
            refresh(relay);
            assertThat(client.event()).isEqualTo("id: \ndata: " + updated(1, 2) + "\n\n");
            assertThat(socket.message().text()).isEqualTo(updated(1, 2) + "\n");
            assertThat(oldSocket.message().text()).isEqualTo(updated(1, 2) + "\n");
            assertThat(RawClient.get(relay.port(), "/metrics").body())
                    .contains("\nrelay_streams 3.0\n", "\nrelay_streams_opened_total 3.0\n",
                            "\nrelay_streams_ended_total{reason=\"stalled\"} 0.0\n");
            replace("a.yaml", "# a comment is no change\n" + flag(2)
                    + "more: {variations: {v: 1}, defaultRule: {variation: v}}\n");
            refresh(relay);
            assertThat(client.event()).isEqualTo("id: \ndata: {\"deleted\":{},\"added\":{\"more\":"
                    + "{\"variations\":{\"v\":1},\"defaultRule\":{\"variation\":\"v\"}}},\"updated\":{}}\n\n");
        }
    }

    /// R-D42. A change that comes while the one before is being told is told together with it.
    @Test
    void changes_arrive_in_their_order_and_begin_where_the_one_before_ended() throws Exception {
        flags("a", 0);
        try (RunningRelay relay = Relay.start(oneFlagSet("authorizedKeys: {admin: [root]}\n"));
                StreamClient client = StreamClient.events(relay.port(), EVENTS)) {
            for (int i = 1; i <= 20; i++) {
                flags("a", i);
                refresh(relay);
            }
            for (int heard = 0; heard < 20;) {
                int before = heard;
                String event = client.event();
                heard = IntStream.rangeClosed(before + 1, 20)
                        .filter(after -> event.equals("id: \ndata: " + updated(before, after) + "\n\n"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("after " + before + ": " + event));
            }
        }
    }

    /// R-D3.
    @Test
    void nobody_hears_of_another_flag_set() throws Exception {
        flags("a", 1);
        flags("b", 1);
        String config = flagSets("a", "ka") + flagSet("b", "kb");
        try (RunningRelay relay = Relay.start(config(config));
                StreamClient a = StreamClient.events(relay.port(), EVENTS + "?apiKey=ka");
                StreamClient b = StreamClient.events(relay.port(), EVENTS + "?apiKey=kb&stream=a");
                StreamClient socketOfB = StreamClient.webSocket(relay.port(), SOCKET + "?apiKey=kb")) {
            flags("a", 2);
            refresh(relay);
            assertThat(a.event()).contains(updated(1, 2));
            flags("b", 3);
            refresh(relay);
            assertThat(b.event()).as("the first it hears").contains(updated(1, 3));
            assertThat(socketOfB.message().text()).as("the first it hears").isEqualTo(updated(1, 3) + "\n");
        }
    }

    @Test
    void who_may_not_listen_is_told_why() throws Exception {
        flags("a", 1);
        try (RunningRelay relay = Relay.start(config(
                "authorizedKeys: {admin: [root], evaluation: [orphan]}\n" + flagSets("a", "ka")
                        + flagSet("b", "kb")))) {
            assertThat(refusal(relay, EVENTS)).isEqualTo("401 {\"message\":\"Unauthorized\"}\n");
            assertThat(refusal(relay, EVENTS + "?apiKey=wrong")).isEqualTo("401 {\"message\":\"Unauthorized\"}\n");
            assertThat(refusal(relay, EVENTS + "?apiKey=orphan"))
                    .isEqualTo("400 {\"message\":\"no flag set associated to the API key\"}\n");
            assertThat(refusal(relay, EVENTS + "?apiKey=kb"))
                    .isEqualTo("503 {\"message\":\"the flags of flagset b are not loaded yet\"}\n");
            for (String path : List.of(SOCKET, "/ws/v1/flag/change"))
                try (StreamClient orphan = StreamClient.webSocket(relay.port(), path + "?apiKey=orphan")) {
                    assertThat(orphan.status() + " " + orphan.body())
                            .isEqualTo("400 {\"message\":\"no flag set associated to the API key\"}\n");
                }
            for (String id : List.of("abc", "12x", "1.5", "٣", "99999999999999999999")) {
                var answer = RawClient.get(relay.port(), EVENTS + "?apiKey=ka", "Last-Event-ID: " + id);
                assertThat(answer.status() + " " + answer.body()).isEqualTo("400 Last-Event-ID must be a number!\n");
                assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
                assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
            }
            for (String id : List.of("7", "-1", "+1"))
                try (StreamClient client =
                        StreamClient.events(relay.port(), EVENTS + "?apiKey=ka", "Last-Event-ID: " + id)) {
                            assertThat(client.status()).isEqualTo(200);
                        }
        }
    }

    @Test
    void a_key_in_the_address_gets_into_no_log_line() throws Exception {
        flags("a", 1);
        try (RunningRelay relay = Relay.start(config(flagSets("a", "top-secret"), "debug"));
                LogLines log = new LogLines()) {
            try (StreamClient client = StreamClient.events(relay.port(), EVENTS + "?apiKey=top-secret")) {
                assertThat(client.status()).isEqualTo(200);
            }
            log.await("GET " + EVENTS);
            assertThat(log.all().toString()).contains(EVENTS).doesNotContain("top-secret");
        }
    }

    @Test
    void a_stream_ends_with_its_key_and_with_no_other() throws Exception {
        flags("a", 1);
        try (RunningRelay relay = Relay.start(config(flagSets("a", "old, kept")));
                StreamClient kept = StreamClient.webSocket(relay.port(), SOCKET + "?apiKey=kept");
                StreamClient events = StreamClient.events(relay.port(), EVENTS + "?apiKey=old");
                StreamClient socket = StreamClient.webSocket(relay.port(), SOCKET + "?apiKey=old")) {
            write(flagSets("a", "kept, new"), "error");
            assertThat(events.event()).as("the end").isEmpty();
            assertThat(socket.message().closeCode()).isEqualTo(1008);
            assertThat(refusal(relay, EVENTS + "?apiKey=old")).startsWith("401 ");
            flags("a", 2);
            refresh(relay);
            assertThat(kept.message().text()).isEqualTo(updated(1, 2) + "\n");
        }
    }

    @Test
    void a_stream_ends_when_its_flag_set_goes_or_its_key_is_for_another_one() throws Exception {
        flags("a", 1);
        flags("b", 1);
        flags("c", 1);
        String three = flagSets("a", "ka") + flagSet("b", "kb") + flagSet("c", "kc");
        try (RunningRelay relay = Relay.start(config(three));
                StreamClient removed = StreamClient.events(relay.port(), EVENTS + "?apiKey=kb");
                StreamClient stays = StreamClient.events(relay.port(), EVENTS + "?apiKey=kc")) {
            write(flagSets("a", "ka, kb") + flagSet("c", "kc"), "error");
            assertThat(removed.event()).isEmpty();
            write(flagSets("a", "ka, kc"), "error");
            assertThat(stays.event()).isEmpty();
        }
    }

    @Test
    void a_stream_ends_when_its_flag_set_gets_another_source_and_begins_again_on_that() throws Exception {
        flags("a", 1);
        flags("b", 5);
        try (RunningRelay relay = Relay.start(config(flagSets("a", "ka")));
                StreamClient before = StreamClient.events(relay.port(), EVENTS + "?apiKey=ka")) {
            write(flagSets("a", "ka").replace("a.yaml", "b.yaml"), "error");
            assertThat(before.event()).isEmpty();
            try (StreamClient after = StreamClient.events(relay.port(), EVENTS + "?apiKey=ka")) {
                flags("b", 6);
                refresh(relay);
                assertThat(after.event()).contains(updated(5, 6));
            }
        }
    }

    @Test
    void a_stream_that_needed_no_key_ends_when_one_is_needed() throws Exception {
        flags("a", 1);
        try (RunningRelay relay = Relay.start(oneFlagSet(""));
                StreamClient without = StreamClient.events(relay.port(), EVENTS);
                StreamClient with = StreamClient.events(relay.port(), EVENTS + "?apiKey=ek")) {
            write("authorizedKeys: {evaluation: [ek], admin: [root]}\npollingInterval: -1\nretriever: "
                    + retriever("a"), "error");
            assertThat(without.event()).isEmpty();
            flags("a", 2);
            refresh(relay);
            assertThat(with.event()).contains(updated(1, 2));
        }
    }

    private static String refusal(RunningRelay relay, String path) throws IOException {
        var answer = RawClient.get(relay.port(), path);
        return answer.status() + " " + answer.body();
    }

    private static void refresh(RunningRelay relay) throws IOException {
        assertThat(RawClient.post(relay.port(), "/admin/v1/retriever/refresh", "", "X-API-Key: root").body())
                .isEqualTo("{\"refreshed\":true}\n");
    }

    private static String updated(int before, int after) {
        return "{\"deleted\":{},\"added\":{},\"updated\":{\"f\":{\"old_value\":" + flagJson(before) + ",\"new_value\":"
                + flagJson(after) + "}}}";
    }

    private static String flagJson(int value) {
        return "{\"variations\":{\"v\":" + value + "},\"defaultRule\":{\"variation\":\"v\"}}";
    }

    private static String flag(int value) {
        return "f: {variations: {v: " + value + "}, defaultRule: {variation: v}}\n";
    }

    private void flags(String name, int value) throws IOException {
        replace(name + ".yaml", flag(value));
    }

    private RelayConfig oneFlagSet(String keys) throws IOException {
        return config(keys + "pollingInterval: -1\nretriever: " + retriever("a"));
    }

    private String flagSets(String name, String key) {
        return "flagsets:\n" + flagSet(name, key);
    }

    private String flagSet(String name, String key) {
        return "  - {name: " + name + ", apiKeys: [" + key + "], pollingInterval: -1, retriever: "
                + retriever(name).strip() + "}\n";
    }

    private String retriever(String name) {
        return "{kind: file, path: '" + folder.resolve(name + ".yaml") + "'}\n";
    }

    private RelayConfig config(String text) throws IOException {
        return config(text, "error");
    }

    private RelayConfig config(String text, String level) throws IOException {
        write(text, level);
        ConfigReading reading = RelayConfig.read(folder.resolve("goff-proxy.yaml"), List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }

    private void write(String text, String level) throws IOException {
        String keys = text.contains("authorizedKeys") ? "" : "authorizedKeys: {admin: [root]}\n";
        replace("goff-proxy.yaml",
                "server: {host: 127.0.0.1, port: 0}\nhideBanner: true\nlogLevel: " + level + "\n" + keys + text);
    }

    private void replace(String name, String text) throws IOException {
        Path next = Files.writeString(folder.resolve(name + ".new"), text);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
