package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {
    private static final String CONTEXT = "{\"context\":{\"targetingKey\":\"somebody\"}}";

    @TempDir
    Path folder;

    /// R-D14: the original logs most of them as successes.
    @Test
    void a_mistake_of_the_caller_is_a_warning_with_its_status_and_a_success_is_not_told() throws Exception {
        try (RunningRelay relay = start("info"); LogLines log = new LogLines();
                RawClient client = new RawClient(relay.port())) {
            client.send("POST", "/ofrep/v1/evaluate/flags/f", CONTEXT, "X-API-Key: k");
            client.send("POST", "/ofrep/v1/evaluate/flags/f", CONTEXT);
            log.await("Client error");
            client.send("GET", "/nowhere", null, "X-Forwarded-For: 203.0.113.7, 10.0.0.1", "User-Agent: curl/8",
                    "X-Request-Id: abc-1");
            log.await("Client error [remote_ip=\"203.0.113.7\", latency=");
            List<String> lines = log.all();
            assertThat(lines).noneMatch(line -> line.startsWith("Success"));
            assertThat(lines.getFirst())
                    .contains("remote_ip=\"127.0.0.1\"", "host=\"relay\"", "status=\"401\"", "size=\"44\"",
                            "request=\"POST /ofrep/v1/evaluate/flags/{flagKey...}\"")
                    .containsPattern("request_id=\"[0-9a-f]{32}\"");
            assertThat(lines.getLast())
                    .contains("request=\"GET /nowhere\"", "status=\"404\"", "user_agent=\"curl/8\"",
                            "request_id=\"abc-1\"");
        }
    }

    @Test
    void at_debug_every_request_is_told_but_what_monitoring_asks() throws Exception {
        try (RunningRelay relay = start("debug"); LogLines log = new LogLines();
                RawClient client = new RawClient(relay.port())) {
            client.send("GET", "/health", null);
            client.send("GET", "/metrics", null);
            client.send("POST", "/v1/allflags", "{\"evaluationContext\":{\"key\":\"u\"}}", "X-API-Key: k");
            log.await("Success");
            String etag = client.send("GET", "/v1/flag/change", null, "X-API-Key: k").header("etag");
            client.send("GET", "/v1/flag/change", null, "X-API-Key: k", "If-None-Match: " + etag);
            log.await("Redirection");
            assertThat(log.all()).filteredOn(line -> line.startsWith("Success"))
                    .hasSize(2)
                    .noneMatch(line -> line.contains("/health") || line.contains("/metrics"));
        }
    }

    /// R-D35.
    @Test
    void no_key_no_query_no_flag_and_no_user_gets_into_a_line() throws Exception {
        try (RunningRelay relay = start("debug"); LogLines log = new LogLines();
                RawClient client = new RawClient(relay.port())) {
            client.send("GET", "/stream/v1/nowhere?apiKey=top-secret", null);
            client.send("GET", "/nowhere?apiKey=top-secret", null, "Authorization: Bearer top-secret");
            client.send("POST", "/v1/feature/secret-flag/eval?apiKey=top-secret",
                    "{\"evaluationContext\":{\"key\":\"somebody\"}}", "X-API-Key: k");
            log.await("Success");
            assertThat(log.all().toString())
                    .contains("GET /nowhere")
                    .doesNotContain("top-secret", "secret-flag", "somebody", "apiKey");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "X-Request-Id: with space | [0-9a-f]{32}",
        "X-Request-Id: a\"b | [0-9a-f]{32}",
        "X-Request-Id: 3f2504e0-4f89-11d3-9a0c-0305e82c3301 | 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "X-Other: a | [0-9a-f]{32}",
    })
    void a_request_keeps_a_well_formed_id_and_gets_one_otherwise(String header, String id) throws Exception {
        try (RunningRelay relay = start("info"); LogLines log = new LogLines()) {
            RawClient.get(relay.port(), "/nowhere", header);
            log.await("Client error");
            assertThat(log.all().getLast()).containsPattern("request_id=\"" + id + "\"");
        }
    }

    @Test
    void what_claims_to_be_an_address_and_is_none_is_not_believed() throws Exception {
        try (RunningRelay relay = start("info"); LogLines log = new LogLines()) {
            RawClient.get(relay.port(), "/nowhere", "X-Forwarded-For: evil\" level=info", "X-Real-IP: 2001:db8::1");
            log.await("remote_ip=\"2001:db8::1\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"999, 999ns", "85300, 85.3µs", "1204000, 1.204ms", "2500000000, 2.5s", "20000000000, 20s"})
    void latency_is_written_as_go_writes_it(long nanos, String text) {
        assertThat(AccessLog.latency(nanos)).isEqualTo(text);
    }

    private RunningRelay start(String level) throws Exception {
        Path flags = Files.writeString(
                folder.resolve("flags.yaml"), """
                        f: {variations: {a: A}, defaultRule: {variation: a}}
                        secret-flag: {variations: {a: A}, defaultRule: {variation: a}}
                        """);
        Path file = Files.writeString(
                folder.resolve("goff-proxy.yaml"),
                "retriever: {kind: file, path: '" + flags + "'}\nserver: {host: 127.0.0.1, port: 0}\n"
                        + "authorizedKeys: {evaluation: [k]}\nhideBanner: true\ndisableNotifierOnInit: true\nlogLevel: "
                        + level + "\n");
        ConfigReading reading = RelayConfig.read(file, List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return Relay.start((RelayConfig) reading);
    }
}
