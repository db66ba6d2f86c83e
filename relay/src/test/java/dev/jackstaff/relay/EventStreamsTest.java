package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import dev.jackstaff.relay.http.StreamClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ofrep.eventStreams`: a client of OFREP 0.3.0 learns where it can listen, and is told to ask again.
class EventStreamsTest {
    private static final String BULK = "/ofrep/v1/evaluate/flags";
    private static final String CONTEXT = "{\"context\":{\"targetingKey\":\"u\"}}";
    private static final Pattern STREAMS = Pattern.compile(
            "],\"eventStreams\":\\[\\{\"type\":\"sse\",\"endpoint\":\\{\"requestUri\":\"([^\"]+)\"},"
                    + "\"inactivityDelaySec\":120}]}\n$");
    private static final Pattern EVENT = Pattern.compile(
            "id: ([0-9a-f-]+)\ndata: \\{\"type\":\"refetchEvaluation\",\"etag\":\"\\\\\"([0-9a-f-]+)\\\\\"\","
                    + "\"lastModified\":([0-9]+)}\n\n");

    @TempDir
    Path folder;

    @BeforeEach
    void flags() throws IOException {
        edit(1);
    }

    @Test
    void a_client_follows_the_answer_hears_of_a_change_and_asks_again() throws Exception {
        try (RunningRelay relay = start("authorizedKeys: {admin: [root]}\n")) {
            Answer first = bulk(relay, "");
            String uri = stream(first);
            assertThat(uri).as("no key is needed").isEqualTo("/stream/v1/ofrep/flag/change");
            try (StreamClient client = StreamClient.events(relay.port(), uri)) {
                edit(2);
                refresh(relay);
                Matcher event = EVENT.matcher(client.event());
                assertThat(event.matches()).isTrue();
                assertThat(event.group(1)).isEqualTo(event.group(2));
                assertThat("\"" + event.group(2) + "\"").as("the validator of the flag configuration")
                        .isEqualTo(RawClient.post(relay.port(), "/v1/flag/configuration", "{}").header("etag"));
                Answer again = RawClient.post(
                        relay.port(), BULK + "?flagConfigEtag=%22" + event.group(2) + "%22&flagConfigLastModified="
                                + event.group(3),
                        CONTEXT, "If-None-Match: " + first.header("etag"));
                assertThat(again.status()).isEqualTo(200);
                assertThat(again.body()).contains("\"value\":2");
                assertThat(bulk(relay, "If-None-Match: " + again.header("etag")).status()).isEqualTo(304);
            }
        }
    }

    /// A client that was away says what it heard last, and is told at once if that is not all.
    @Test
    void who_comes_back_is_told_what_it_has_missed_and_nothing_else() throws Exception {
        try (RunningRelay relay = start("authorizedKeys: {admin: [root]}\n")) {
            String uri = stream(bulk(relay, ""));
            String id;
            try (StreamClient client = StreamClient.events(relay.port(), uri)) {
                edit(2);
                refresh(relay);
                id = id(client.event());
            }
            edit(3);
            refresh(relay);
            try (StreamClient behind = StreamClient.events(relay.port(), uri, "Last-Event-ID: " + id)) {
                String newest = id(behind.event());
                assertThat(newest).isNotEqualTo(id);
                try (StreamClient current = StreamClient.events(relay.port(), uri, "Last-Event-ID: " + newest)) {
                    edit(4);
                    refresh(relay);
                    assertThat(id(current.event())).as("the first it hears").isNotEqualTo(newest);
                    assertThat(id(behind.event())).isNotEqualTo(newest);
                }
            }
        }
    }

    /// Browsers send no header with a stream, so the address has a pass: not the key, and of no use for anything else.
    @Test
    void with_keys_the_address_has_a_pass_that_opens_the_stream_and_nothing_else() throws Exception {
        try (RunningRelay relay = start("authorizedKeys: {evaluation: [app, next], admin: [root]}\n")) {
            String uri = stream(bulk(relay, "X-API-Key: app"));
            assertThat(uri).matches("/stream/v1/ofrep/flag/change\\?apiKey=[0-9a-f]{64}");
            assertThat(stream(bulk(relay, "X-API-Key: next"))).as("the same for all keys").isEqualTo(uri);
            String pass = uri.substring(uri.indexOf('=') + 1);
            assertThat(bulk(relay, "X-API-Key: " + pass).status()).isEqualTo(401);
            assertThat(RawClient.get(relay.port(), "/stream/v1/ofrep/flag/change").status()).isEqualTo(401);
            try (StreamClient byPass = StreamClient.events(relay.port(), uri);
                    StreamClient byKey = StreamClient.events(relay.port(), uri.replace(pass, "next"))) {
                edit(2);
                refresh(relay);
                assertThat(id(byPass.event())).isEqualTo(id(byKey.event()));
            }
        }
    }

    @Test
    void each_flag_set_has_its_own() throws Exception {
        String set = "  - {name: %s, apiKeys: [%s], retriever: {kind: file, path: '" + folder.resolve("flags.yaml")
                + "'}}\n";
        try (RunningRelay relay = Relay.start(config(
                "ofrep: {eventStreams: true}\nflagsets:\n" + set.formatted("a", "ka") + set.formatted("b", "kb")))) {
            assertThat(stream(bulk(relay, "X-API-Key: ka"))).isNotEqualTo(stream(bulk(relay, "X-API-Key: kb")));
        }
    }

    @Test
    void without_it_answers_are_as_recorded_and_the_stream_does_not_exist() throws Exception {
        try (RunningRelay relay = Relay.start(config(retriever()))) {
            assertThat(bulk(relay, "").body()).endsWith("\"variant\":\"v\"}]}\n");
            assertThat(RawClient.get(relay.port(), "/stream/v1/ofrep/flag/change").status()).isEqualTo(404);
        }
    }

    private static String id(String event) {
        Matcher matcher = EVENT.matcher(event);
        assertThat(matcher.matches()).as(event).isTrue();
        return matcher.group(1);
    }

    private static String stream(Answer answer) {
        Matcher matcher = STREAMS.matcher(answer.body());
        assertThat(matcher.find()).as(answer.body()).isTrue();
        return matcher.group(1);
    }

    private static Answer bulk(RunningRelay relay, String header) throws IOException {
        return header.isEmpty()
                ? RawClient.post(relay.port(), BULK, CONTEXT)
                : RawClient.post(relay.port(), BULK, CONTEXT, header);
    }

    private static void refresh(RunningRelay relay) throws IOException {
        assertThat(RawClient.post(relay.port(), "/admin/v1/retriever/refresh", "", "X-API-Key: root").body())
                .isEqualTo("{\"refreshed\":true}\n");
    }

    private void edit(int value) throws IOException {
        Path next = Files.writeString(
                folder.resolve("next"), "f: {variations: {v: " + value + "}, defaultRule: {variation: v}}\n");
        Files.move(next, folder.resolve("flags.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private RunningRelay start(String more) throws Exception {
        return Relay.start(config("ofrep: {eventStreams: true}\n" + retriever() + more));
    }

    private String retriever() {
        return "retriever: {kind: file, path: '" + folder.resolve("flags.yaml") + "'}\n";
    }

    private RelayConfig config(String text) throws IOException {
        ConfigReading reading = RelayConfig.read(
                Files.writeString(
                        folder.resolve("goff-proxy.yaml"),
                        "server: {host: 127.0.0.1, port: 0}\nhideBanner: true\n" + text),
                List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }
}
