package dev.jackstaff.verify.museum;

import dev.jackstaff.relay.Relay;
import dev.jackstaff.relay.RunningRelay;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// A relay in this process, for one flag file.
record TestRelay(RunningRelay running, Path flags, HttpClient http) implements AutoCloseable {

    static TestRelay serving(Path folder, String flags) throws Exception {
        return serving(folder, flags, 0);
    }

    /// @param port 0 for any
    static TestRelay serving(Path folder, String flags, int port) throws Exception {
        Path file = Files.writeString(folder.resolve("flags.yaml"), flags);
        Path config = Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {host: 127.0.0.1, port: %d}
                logLevel: error
                hideBanner: true
                pollingInterval: -1
                authorizedKeys: {admin: [root]}
                retriever: {kind: file, path: '%s'}
                """.formatted(port, file));
        ConfigReading reading = RelayConfig.read(config, List.of());
        if (!(reading instanceof RelayConfig read)) throw new AssertionError(reading.problems().toString());
        return new TestRelay(Relay.start(read), file, HttpClient.newHttpClient());
    }

    int port() {
        return running.port();
    }

    /// Serves other flags when it returns.
    void change(String text) throws IOException, InterruptedException {
        Path next = Files.writeString(flags.resolveSibling("flags.new"), text);
        Files.move(next, flags, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        String answer = post("/admin/v1/retriever/refresh", "").body();
        if (!answer.contains("true")) throw new AssertionError("not refreshed: " + answer);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("X-API-Key", "root")
                .header("Content-Type", "application/json");
    }

    @Override
    public void close() {
        http.shutdownNow();
        running.close();
    }
}
