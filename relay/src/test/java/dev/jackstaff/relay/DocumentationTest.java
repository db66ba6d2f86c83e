package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.StuckWorkers;
import dev.jackstaff.relay.metrics.Metrics;
import dev.jackstaff.relay.probes.Readiness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is served where documentation is asked for. Whether it is true is the business of `verify/openapi`.
class DocumentationTest {
    private static final String ON = "swagger: {enabled: true}\n";

    @TempDir
    Path folder;

    @BeforeEach
    void flags() throws Exception {
        Files.writeString(
                folder.resolve("flags.yaml"), "f: {variations: {a: A}, defaultRule: {variation: a}}\n");
    }

    @Test
    void without_being_asked_for_there_is_none() throws Exception {
        try (RunningRelay relay = Relay.start(config(""))) {
            for (String path : List.of("/openapi.json", "/swagger/", "/swagger/index.html", "/swagger/doc.json"))
                assertThat(RawClient.get(relay.port(), path).body()).isEqualTo("{\"message\":\"Not Found\"}\n");
        }
    }

    @Test
    void the_page_leads_to_its_files_and_lets_no_script_in_from_elsewhere() throws Exception {
        try (RunningRelay relay = Relay.start(config(ON))) {
            Answer moved = RawClient.get(relay.port(), "/swagger/");
            assertThat(moved.status()).isEqualTo(301);
            assertThat(moved.header("location")).isEqualTo("index.html");
            Answer page = RawClient.get(relay.port(), "/swagger/index.html");
            assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(page.header("content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self';", "connect-src 'self';");
            for (String file : List.of("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "page.js")) {
                Answer answer = RawClient.get(relay.port(), "/swagger/" + file);
                assertThat(answer.status()).as(file).isEqualTo(200);
                assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
            }
            assertThat(RawClient.get(relay.port(), "/swagger").status()).isEqualTo(404);
        }
    }

    @Test
    void it_stays_on_the_main_port_beside_a_monitoring_port() throws Exception {
        try (RunningRelay relay = Relay.start(config(ON, "monitoringPort: 0"))) {
            for (String path : List.of("/openapi.json", "/swagger/index.html")) {
                assertThat(RawClient.get(relay.port(), path).status()).isEqualTo(200);
                assertThat(RawClient.get(relay.monitoringPort(), path).status()).isEqualTo(404);
            }
            assertThat(RawClient.get(relay.port(), "/health").status()).isEqualTo(404);
        }
    }

    @Test
    void the_document_tells_the_host_that_is_configured_and_the_page_may_ask_it() throws Exception {
        try (RunningRelay relay = Relay.start(config("swagger: {enabled: true, host: 'flags.example:8443'}\n"))) {
            assertThat(RawClient.get(relay.port(), "/openapi.json").body()).contains("\"http://flags.example:8443\"");
            assertThat(RawClient.get(relay.port(), "/swagger/index.html").header("content-security-policy"))
                    .contains("connect-src 'self' http://flags.example:8443;");
        }
        assertThat(config("swagger: {enabled: true, host: localhost}\n", "port: 1031").documentation().server())
                .isEqualTo("http://localhost:1031");
        assertThat(reading("swagger: {host: 'http://here; script-src *'}\n", "port: 0").problems().toString())
                .contains("no host: ", "a name or address, without scheme");
    }

    /// The document has every route and no other; what the page is made of is no route for anybody else.
    @Test
    void the_document_describes_the_routes_that_are_served() throws Exception {
        RelayConfig config = config(ON + "ofrep: {eventStreams: true}\n");
        try (FlagSetThreads threads = new FlagSetThreads()) {
            Metrics metrics = new Metrics("1.2.3", false);
            try (FlagSets flagSets = FlagSets.begin(config, threads.resources(), metrics.flagChanges())) {
                Readiness readiness = new Readiness(flagSets::status, List::of, null, InstantSource.system());
                List<Route> routes = new ArrayList<>(Relay.routes(
                        config, flagSets, threads, metrics, new StuckWorkers(), readiness));
                routes.addAll(Relay.documentation(config));
                assertThat(described(config)).containsExactlyInAnyOrderElementsOf(
                        routes.stream().map(DocumentationTest::told).filter(DocumentationTest::isNoPart).toList());
            }
        }
    }

    private static boolean isNoPart(String route) {
        return !route.startsWith("get /swagger/") || route.equals("get /swagger/");
    }

    private static String told(Route route) {
        String method = switch (route) {
            case Route.PublicRoute _,Route.StreamRoute _ -> "get";
            case Route.AdminRoute _ -> "post";
            case Route.FlagRoute<?> flags -> flags.method().name().toLowerCase(Locale.ROOT);
        };
        return method + " " + route.template().replace("...}", "}");
    }

    private static List<String> described(RelayConfig config) throws Exception {
        List<String> described = new ArrayList<>();
        try (RunningRelay relay = Relay.start(config)) {
            String document = RawClient.get(relay.port(), "/openapi.json").body();
            try (JsonReader json =
                    JsonReader.over(Body.adopting(document.getBytes(StandardCharsets.UTF_8)))) {
                Map<?, ?> paths = (Map<?, ?>) ((Map<?, ?>) json.any()).get("paths");
                paths.forEach((path, item) -> ((Map<?, ?>) item)
                        .keySet()
                        .forEach(method -> described.add(method + " " + path)));
            }
        }
        return described;
    }

    private RelayConfig config(String more) throws Exception {
        return config(more, "port: 0");
    }

    private RelayConfig config(String more, String server) throws Exception {
        ConfigReading reading = reading(more, server);
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }

    private ConfigReading reading(String more, String server) throws Exception {
        String port = server.startsWith("port") ? server : "port: 0, " + server;
        return RelayConfig.read(Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {host: 127.0.0.1, %s}
                retriever: {kind: file, path: '%s'}
                hideBanner: true
                """.formatted(port, folder.resolve("flags.yaml")) + more), List.of());
    }
}
