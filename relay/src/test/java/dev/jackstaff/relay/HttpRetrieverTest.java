package dev.jackstaff.relay;

import static dev.jackstaff.testkit.RawServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.testkit.FlagFiles;
import dev.jackstaff.testkit.RawServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The relay with flags from a server that fails now and then.
class HttpRetrieverTest {
    private static final String REFRESH = """
            POST /admin/v1/retriever/refresh HTTP/1.1\r
            Host: a\r
            X-API-Key: operator\r
            Content-Length: 0\r
            \r
            """;

    @TempDir
    Path folder;

    @Test
    void flags_come_over_http_and_outlive_their_server() throws Exception {
        try (RawServer server =
                new RawServer((request, exchange) -> exchange.write(answer("200 OK", FlagFiles.flag("f", "on"))));
                RunningRelay relay = Relay.start(config(server.url(), "pollingInterval: 1000\n"))) {
            assertThat(value(relay)).contains("\"value\":true");

            server.serves((request, exchange) -> exchange.reset());
            while (relay.status().getFirst().problems().isEmpty()) Thread.onSpinWait();
            assertThat(relay.status().getFirst().problems().toString()).contains(server.url() + "/flags")
                    .doesNotContain("hush");
            assertThat(value(relay)).contains("\"value\":true");

            server.serves((request, exchange) -> exchange.write(answer("200 OK", FlagFiles.flag("f", "off"))));
            while (!relay.status().getFirst().problems().isEmpty()) Thread.onSpinWait();
            assertThat(value(relay)).contains("\"value\":false");
        }
    }

    /// What was asked for goes on: it is the flag set's, and nobody's who waits for it.
    @Test
    void a_refresh_by_hand_is_answered_within_the_limit_of_the_server_and_goes_on() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (RawServer server =
                new RawServer((request, exchange) -> exchange.write(answer("200 OK", FlagFiles.flag("f", "on"))));
                RunningRelay relay = Relay.start(config(server.url(), """
                        pollingInterval: 3600000
                        authorizedKeys: {admin: [operator]}
                        deadline: {server: 500}
                        """))) {
            server.serves((request, exchange) -> {
                assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
                exchange.write(answer("200 OK", FlagFiles.flag("f", "off")));
            });
            try (RawClient client = new RawClient(relay.port())) {
                client.write(REFRESH);
                assertThat(client.read().status()).isEqualTo(504);
            }
            assertThat(value(relay)).contains("\"value\":true");
            held.countDown();
            while (value(relay).contains("\"value\":true")) Thread.onSpinWait();
        }
    }

    private static String value(RunningRelay relay) throws Exception {
        return RawClient.post(relay.port(), "/ofrep/v1/evaluate/flags/f", "{\"context\":{\"targetingKey\":\"u\"}}")
                .body();
    }

    private RelayConfig config(String url, String more) throws Exception {
        Path file = Files.writeString(folder.resolve("goff-proxy.yaml"), """
                retriever:
                  kind: http
                  url: %s/flags?token=hush
                  headers: {Authorization: [hush]}
                server: {host: 127.0.0.1, port: 0}
                logLevel: error
                hideBanner: true
                """.formatted(url) + more);
        ConfigReading reading = RelayConfig.read(file, List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }
}
