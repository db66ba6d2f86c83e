package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A relay with everything on, whose sources and sinks fail and whose callers get everything wrong: no secret is in what it
/// says, and no key of a caller is in its memory afterwards.
///
/// Every secret is a text that is nowhere else, so finding it is proof. The relay takes no passphrase for its TLS key, so the key
/// itself is looked for: it has to be in memory, and nowhere else.
class SecretsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Opens something at the relay: a digest is enough to know it again.
    private final String evaluationKey = secret("evaluation");

    private final String adminKey = secret("admin");
    private final String flagSetKey = secret("flag-set");
    private final String keyInFile = secret("key-in-file");
    private final String keyByDigest = secret("key-by-digest");
    private final String withdrawnKey = secret("withdrawn");
    private final String unknownKey = secret("unknown");
    private final List<String> keys = List.of(
            evaluationKey, adminKey, flagSetKey, keyInFile, keyByDigest, withdrawnKey, unknownKey);

    /// Is sent to others, so it has to be kept as it is.
    private final String retrieverHeader = secret("retriever-header");

    private final String retrieverUser = secret("retriever-user");
    private final String retrieverQuery = secret("retriever-query");
    private final String retrieverBody = secret("retriever-body");
    private final String exporterHeader = secret("exporter-header");
    private final String exporterUser = secret("exporter-user");
    private final String exporterQuery = secret("exporter-query");
    private final String webhookSecret = secret("webhook-€");
    private final String traceHeader = secret("trace-header");
    private final List<String> kept = List.of(
            retrieverHeader, retrieverUser, retrieverQuery, retrieverBody, exporterHeader, exporterUser, exporterQuery,
            webhookSecret, traceHeader);

    private final List<String> answers = new ArrayList<>();
    private final Queue<byte[]> traces = new ConcurrentLinkedQueue<>();
    private HttpServer refusing;
    private TlsKey tls;

    @TempDir
    Path folder;

    private static String secret(String what) {
        return "s3cret-" + what + "-" + UUID.randomUUID();
    }

    /// A server that fails, and tells nothing else than that; but it takes traces.
    @BeforeEach
    void refuse() throws Exception {
        tls = TlsKey.in(folder);
        refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.createContext("/", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        refusing.createContext("/v1/traces", exchange -> {
            traces.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        refusing.start();
    }

    @AfterEach
    void stop() {
        refusing.stop(0);
    }

    @Test
    void no_secret_is_in_what_the_relay_says_and_no_key_of_a_caller_in_its_memory() throws Exception {
        Found found = run(RelayServer.class);
        assertThat(found.inWords).isEmpty();
        assertThat(found.keysInMemory).isEmpty();
        // The same search finds what has to be there, in both ways in which the JVM spells a text.
        assertThat(found.keptInMemory).contains(retrieverHeader, exporterHeader, webhookSecret);
    }

    /// Planted.
    @Test
    void a_relay_that_keeps_its_configuration_and_tells_of_it_is_found() throws Exception {
        Found found = run(Gossip.class);
        assertThat(found.inWords).contains("log: " + flagSetKey, "log: " + exporterHeader,
                "log: " + tls.secrets().getFirst(),
                "traces: " + flagSetKey, "traces: " + traceHeader, "traces: " + tls.secrets().getLast());
        assertThat(found.keptInMemory).as("the header of traces is sent").contains(traceHeader);
        assertThat(found.keysInMemory).contains(flagSetKey, adminKey);
    }

    /// Reads its configuration once more than it must.
    static final class Gossip {
        private static volatile String config = "";

        private Gossip() {}

        /// @param arguments the configuration, and where traces go
        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[0]);
            config = Files.readString(file) + Files.readString(file.resolveSibling("server.key"));
            System.err.println("starting with " + config);
            try (HttpClient http = HttpClient.newHttpClient()) {
                http.send(
                        HttpRequest.newBuilder(URI.create(arguments[1])).POST(BodyPublishers.ofString(config)).build(),
                        BodyHandlers.discarding());
            }
            RelayServer.main(arguments);
        }
    }

    /// @param inWords      `place: secret`
    /// @param keysInMemory of callers
    /// @param keptInMemory what has to be sent to others
    private record Found(Set<String> inWords, List<String> keysInMemory, List<String> keptInMemory) {}

    private Found run(Class<?> main) throws Exception {
        Path config = Files.writeString(folder.resolve("goff-proxy.yaml"),
                config("[" + flagSetKey + ", " + withdrawnKey + "]"));
        Set<String> words = new TreeSet<>();
        ConfigReading reading = RelayConfig.read(config, List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        look("check", String.join("\n", ((RelayConfig) reading).settings().stream().map(Object::toString).toList()),
                words);
        look("check", reading.problems().toString(), words);
        byte[] memory;
        try (ServerProcess relay =
                ServerProcess.start(Optional.empty(), main, config.toString(), elsewhere("/v1/traces"))) {
            ask(relay.port());
            String metrics = answers.getLast();
            assertThat(metrics).contains("gofeatureflag_requests_total");
            Conditions.await("the exporter's trouble", () -> said(relay, "events cannot be exported"));
            Conditions.await("the retriever's trouble", () -> said(relay, "failed with code 500"));
            Files.writeString(config, config("[" + flagSetKey + "]"));
            Conditions.await("the withdrawn key", () -> status(relay.port(), withdrawnKey) == 401);
            Files.writeString(config, config("[" + flagSetKey + ", " + flagSetKey + ", {a: " + flagSetKey + "}]"));
            Conditions.await("the broken configuration",
                    () -> relay.lines()
                            .stream()
                            .anyMatch(line -> line.contains("goff-proxy.yaml") && line.contains("error")));
            memory = memory(relay.pid());
            assertThat(relay.terminate()).isZero();
            look("log", String.join("\n", relay.lines()), words);
        }
        for (String answer : answers) look("answer", answer, words);
        assertThat(traces).anyMatch(spans -> new String(spans, StandardCharsets.ISO_8859_1).contains("/v1/allflags"));
        for (byte[] spans : traces) in(spans, secrets()).forEach(secret -> words.add("traces: " + secret));
        return new Found(words, in(memory, keys), in(memory, kept));
    }

    private static boolean said(ServerProcess relay, String text) {
        return relay.lines().stream().anyMatch(line -> line.contains(text));
    }

    private void look(String place, String text, Set<String> found) throws IOException {
        for (String secret : secrets()) if (text.contains(secret)) found.add(place + ": " + secret);
    }

    private List<String> secrets() throws IOException {
        return Stream.of(keys, kept, tls.secrets()).flatMap(List::stream).toList();
    }

    private HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls.client()).build();
    }

    private String elsewhere(String path) {
        return "http://127.0.0.1:" + refusing.getAddress().getPort() + path;
    }

    /// Rightly and wrongly, everything that can be asked with a key.
    private void ask(int port) throws Exception {
        try (HttpClient http = client()) {
            String good = "{\"context\":{\"targetingKey\":\"anna\"}}";
            for (String key : keys) {
                for (String body : List.of(good, "{\"context\":", "{\"context\":7}", "")) {
                    for (String path : List.of("/ofrep/v1/evaluate/flags/beta", "/ofrep/v1/evaluate/flags",
                            "/v1/feature/beta/eval", "/v1/allflags", "/v1/flag/configuration", "/v1/data/collector",
                            "/admin/v1/retriever/refresh", "/v1/nowhere?apiKey=" + key)) {
                        answers.add(post(http, port, path, body, "X-API-Key", key));
                        answers.add(post(http, port, path, body, "Authorization", "Bearer " + key));
                        answers.add(post(http, port, path, body, "Authorization", key));
                    }
                }
                for (String path : List.of("/v1/flag/change", "/openfeature/v0/manifest", "/info", "/readyz",
                        "/ws/v1/flag/change?apiKey=" + key, "/stream/v1/sse/flag/change?apiKey=wrong-" + key)) {
                    answers.add(get(http, port, path, key));
                }
            }
            answers.add(get(http, port, "/metrics", unknownKey));
        }
    }

    private int status(int port, String key) throws Exception {
        try (HttpClient http = client()) {
            return http.send(request(port, "/v1/flag/change", key).build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private static String get(HttpClient http, int port, String path, String key) throws Exception {
        var answer = http.send(request(port, path, key).build(), BodyHandlers.ofString());
        return answer.headers() + answer.body();
    }

    private static String post(HttpClient http, int port, String path, String body, String header, String value)
            throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .header(header, value)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        return answer.headers() + answer.body();
    }

    private static HttpRequest.Builder request(int port, String path, String key) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                .timeout(LIMIT)
                .header("X-API-Key", key);
    }

    private String config(String flagSetKeys) throws Exception {
        Files.writeString(folder.resolve("flags.yaml"),
                "beta: {variations: {\"on\": true}, defaultRule: {variation: \"on\"}}\n");
        Files.writeString(folder.resolve("key"), keyInFile + "\n");
        Files.writeString(folder.resolve("webhook-secret"), webhookSecret);
        String digest = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(keyByDigest.getBytes(StandardCharsets.UTF_8)));
        String elsewhere = elsewhere("/place?token=%s").replace("//", "//anna:%s@");
        return """
                server: {host: 127.0.0.1, port: 0, tls: {certFile: '%s', keyFile: '%s'}}
                otel: {bsp: {schedule: {delay: 100}}, exporter: {otlp: {endpoint: '%s', headers: {x-token: '%s'}}}}
                logLevel: debug
                hideBanner: true
                authorizedKeys: {evaluation: [%s], admin: [%s]}
                flagsets:
                  - name: good
                    apiKeys: %s
                    retriever: {kind: file, path: '%s'}
                    exporter:
                      kind: webhook
                      endpointUrl: '%s'
                      secret: 'file:%s'
                      headers: {Authorization: ['Bearer %s']}
                      flushInterval: 100
                  - name: bad
                    apiKeys: ['file:%s', 'sha256:%s']
                    startWithRetrieverError: true
                    pollingInterval: 1000
                    retriever:
                      kind: http
                      url: '%s'
                      method: POST
                      body: '%s'
                      headers: {X-Token: ['%s']}
                """.formatted(
                tls.certificateFile(), tls.keyFile(), elsewhere(""), traceHeader,
                evaluationKey, adminKey, flagSetKeys, folder.resolve("flags.yaml"),
                elsewhere.formatted(exporterUser, exporterQuery), folder.resolve("webhook-secret"), exporterHeader,
                folder.resolve("key"), digest, elsewhere.formatted(retrieverUser, retrieverQuery), retrieverBody,
                retrieverHeader);
    }

    /// All that is reachable, after a full collection.
    private byte[] memory(long pid) throws Exception {
        Path dump = folder.resolve("heap.hprof");
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid), "GC.heap_dump", dump.toString()).inheritIO().start();
        assertThat(jcmd.waitFor()).isZero();
        byte[] memory = Files.readAllBytes(dump);
        Files.delete(dump);
        return memory;
    }

    /// Those that are in it, as the JVM spells texts (Latin-1 and UTF-16) and as they travel (UTF-8).
    private static List<String> in(byte[] memory, List<String> secrets) {
        String text = new String(memory, StandardCharsets.ISO_8859_1);
        List<Charset> spellings = List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
        return secrets.stream()
                .filter(secret -> spellings.stream()
                        .anyMatch(
                                spelling -> text
                                        .contains(new String(secret.getBytes(spelling), StandardCharsets.ISO_8859_1))))
                .toList();
    }
}
