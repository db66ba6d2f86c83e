package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often may be asked with a key, of a running relay. Rates are so low that no test sees a bucket fill.
class RequestRatesTest {
    private static final String CONTEXT = "{\"context\":{\"targetingKey\":\"u\"}}";
    private static final String SLOW = "limits: {requestRate: 0.001, requestBurst: 2}";

    @TempDir
    Path folder;

    @BeforeEach
    void writeFlags() throws IOException {
        Files.writeString(folder.resolve("flags.yaml"), "f: {variations: {v: 1}, defaultRule: {variation: v}}\n");
    }

    @Test
    void each_key_has_its_own_rate_and_who_asks_too_often_is_counted() throws Exception {
        try (RunningRelay relay =
                start(SLOW + "\nauthorizedKeys: {evaluation: [k1, k2], admin: [root]}\n" + source(""))) {
            for (String key : List.of("k1", "k2", "root")) {
                assertThat(ask(relay, key).status()).isEqualTo(200);
                assertThat(ask(relay, key).status()).isEqualTo(200);
                Answer refused = ask(relay, key);
                assertThat(refused.status()).isEqualTo(429);
                assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 1000);
            }
            assertThat(ask(relay, "stranger").status()).isEqualTo(401);
            assertThat(RawClient.post(relay.port(), "/admin/v1/retriever/refresh", "", "X-API-Key: root").status())
                    .isEqualTo(200);
            assertThat(RawClient.get(relay.port(), "/metrics").body()).contains(
                    "relay_refused_total{class=\"evaluate\",reason=\"rate\"} 3.0\n",
                    "relay_refused_total{class=\"bulk\",reason=\"rate\"} 0.0\n",
                    "relay_requests_total{code=\"429\",route=\"/ofrep/v1/evaluate/flags/:flagKey\",verdict=\"refused\"} 3.0\n");
        }
    }

    @Test
    void a_changed_rate_counts_at_once_and_another_key_goes_on_with_what_it_has_left() throws Exception {
        try (RunningRelay relay = start(flagSets(SLOW, SLOW))) {
            for (String key : List.of("ka", "kb"))
                for (int i = 0; i < 2; i++)
                    assertThat(ask(relay, key).status()).isEqualTo(200);
            assertThat(ask(relay, "ka").status()).isEqualTo(429);
            assertThat(ask(relay, "kb").status()).isEqualTo(429);
            try (LogLines log = new LogLines()) {
                write(flagSets("limits: {requestRate: 0.001, requestBurst: 3}", SLOW));
                log.await("configuration reloaded");
                assertThat(log.all().toString()).doesNotContain("restart to apply");
            }
            for (int i = 0; i < 3; i++) assertThat(ask(relay, "ka").status()).isEqualTo(200);
            assertThat(ask(relay, "ka").status()).isEqualTo(429);
            assertThat(ask(relay, "kb").status()).isEqualTo(429);
        }
    }

    @Test
    void without_keys_and_without_a_rate_nobody_is_refused() throws Exception {
        for (String config : List.of(SLOW + "\n" + source(""), "authorizedKeys: {evaluation: [k]}\n" + source("")))
            try (RunningRelay relay = start(config)) {
                for (int i = 0; i < 20; i++) assertThat(ask(relay, "k").status()).isEqualTo(200);
            }
    }

    private static Answer ask(RunningRelay relay, String key) throws IOException {
        return RawClient.post(relay.port(), "/ofrep/v1/evaluate/flags/f", CONTEXT, "X-API-Key: " + key);
    }

    private String source(String indent) {
        return indent + "retriever: {kind: file, path: '" + folder.resolve("flags.yaml") + "'}\n";
    }

    private String flagSets(String ofA, String ofB) {
        return "flagsets:\n  - name: a\n    apiKeys: [ka]\n    " + ofA + "\n" + source("    ")
                + "  - name: b\n    apiKeys: [kb]\n    " + ofB + "\n" + source("    ");
    }

    private void write(String config) throws IOException {
        Path next = Files.writeString(folder.resolve("next"),
                "server: {host: 127.0.0.1, port: 0}\nhideBanner: true\n" + config);
        Files.move(next, folder.resolve("goff-proxy.yaml"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private RunningRelay start(String config) throws Exception {
        write(config);
        ConfigReading reading = RelayConfig.read(folder.resolve("goff-proxy.yaml"), List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return Relay.start((RelayConfig) reading);
    }
}
