package dev.jackstaff.verify.clients;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.Relay;
import dev.jackstaff.relay.RunningRelay;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A relay in a folder that serves its `flags.yaml` and exports events, a line of JSON each, to files in `events`.
final class TestRelay implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final RunningRelay relay;

    private TestRelay(Path folder, RunningRelay relay) {
        this.folder = folder;
        this.relay = relay;
    }

    static TestRelay start(Path folder, Access access) throws Exception {
        return start(folder, access, "");
    }

    /// @param more of the configuration
    static TestRelay start(Path folder, Access access, String more) throws Exception {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), flags());
        String source = """
                retriever: {kind: file, path: '%s'}
                pollingInterval: 1000
                exporter: {kind: file, format: json, outputDir: '%s', flushInterval: 100}
                """.formatted(flags, folder.resolve("events"));
        Path file = Files.writeString(
                folder.resolve("goff-proxy.yaml"),
                "server: {host: 127.0.0.1, port: 0}\nlogLevel: error\nhideBanner: true\n" + more
                        + access.config(source));
        ConfigReading reading = RelayConfig.read(file, List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return new TestRelay(folder, Relay.start((RelayConfig) reading));
    }

    String address() {
        return "http://127.0.0.1:" + relay.port();
    }

    /// Replaces a text in the flag file; the relay sees it within a second.
    void edit(String text, String replacement) throws IOException {
        Path next = Files.writeString(folder.resolve("flags.yaml.new"), flags().replace(text, replacement));
        Files.move(next, folder.resolve("flags.yaml"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// All events that have been exported until now.
    List<String> events() throws IOException {
        Path events = folder.resolve("events");
        if (!Files.exists(events)) return List.of();
        List<String> lines = new ArrayList<>();
        try (var files = Files.list(events)) {
            for (Path file : files.toList()) lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    /// Whether a request for `path` has been answered with 200.
    boolean hasAnswered(String path) throws IOException, InterruptedException {
        return metrics().stream()
                .anyMatch(line -> line.startsWith("gofeatureflag_requests_total{") && line.contains("code=\"200\"")
                        && line.contains("url=\"" + path + "\""));
    }

    List<String> metrics() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(address() + "/metrics")).timeout(LIMIT).build();
            return http.send(request, BodyHandlers.ofString()).body().lines().toList();
        }
    }

    /// The same for the clients of every language.
    private static String flags() throws IOException {
        try (InputStream flags = requireNonNull(TestRelay.class.getResourceAsStream("/flags.yaml"))) {
            return new String(flags.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        relay.close();
    }
}
