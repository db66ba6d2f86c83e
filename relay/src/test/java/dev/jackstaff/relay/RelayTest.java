package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.runtime.FlagSetStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole server: configuration file, flag file, port, signals.
class RelayTest {
    private static final String ON =
            "f: {variations: {\"on\": true, \"off\": false}, defaultRule: {variation: \"on\"}}\n";
    private static final String PATH = "/ofrep/v1/evaluate/flags/";
    private static final String CONTEXT = "{\"context\":{\"targetingKey\":\"u\"}}";

    @TempDir
    Path folder;

    @Test
    void a_flag_file_is_served_as_soon_as_the_relay_has_started() throws Exception {
        write("flags.yaml", ON);
        try (RunningRelay relay = Relay.start(config(""))) {
            assertThat(RawClient.post(relay.port(), PATH + "f", CONTEXT).body())
                    .isEqualTo("{\"key\":\"f\",\"value\":true,\"reason\":\"STATIC\",\"variant\":\"on\","
                            + "\"metadata\":{\"gofeatureflag_cacheable\":true}}\n");
            assertThat(RawClient.get(relay.port(), "/info").body()).doesNotContain("0001-01-01");
        }
    }

    /// A client that has the flags learns of an edit, and of nothing else; `Last-Modified` goes with it (R-D20).
    @Test
    void validators_change_when_the_flags_do() throws Exception {
        write("flags.yaml", ON);
        try (RunningRelay relay = Relay.start(config(""))) {
            String path = "/v1/flag/configuration";
            var first = RawClient.post(relay.port(), path, "{}");
            assertThat(first.header("last-modified")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
            var known = RawClient.post(relay.port(), path, "{}", "If-None-Match: " + first.header("etag"));
            assertThat(known.status()).isEqualTo(304);
            assertThat(known.header("etag")).isEqualTo(first.header("etag"));
            assertThat(known.header("last-modified")).isEqualTo(first.header("last-modified"));
            var change = RawClient.get(relay.port(), "/v1/flag/change");
            write("flags.yaml", ON + "next: {variations: {a: A}, defaultRule: {variation: a}}\n");
            awaitBody(relay, "next", "\"value\":\"A\"");
            assertThat(RawClient.post(relay.port(), path, "{}", "If-None-Match: " + first.header("etag")).body())
                    .contains("\"next\":");
            assertThat(RawClient.get(relay.port(), "/v1/flag/change", "If-None-Match: " + change.header("etag"))
                    .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void enrichment_and_version_header_follow_the_configuration() throws Exception {
        write("flags.yaml", """
                f:
                  variations: {a: A, b: B}
                  targeting: [{query: plan eq "pro", variation: b}]
                  defaultRule: {variation: a}
                """);
        try (RunningRelay relay =
                Relay.start(config("evaluationContextEnrichment: {plan: pro}\ndisableVersionHeader: true\n"))) {
            var answer = RawClient.post(relay.port(), PATH + "f", CONTEXT);
            assertThat(answer.body()).contains("\"value\":\"B\"");
            assertThat(answer.header("x-gofeatureflag-version")).isNull();
        }
    }

    /// R-D16: the version header is on both ports or on none.
    @Test
    void with_a_monitoring_port_public_routes_answer_there_and_only_there() throws Exception {
        write("flags.yaml", ON);
        String both = "server: {host: 127.0.0.1, port: 0, monitoringPort: 0}\n";
        try (RunningRelay relay = Relay.start(configWithServer(both))) {
            assertThat(relay.monitoringPort()).isNotEqualTo(relay.port());
            for (String path : List.of("/health", "/info")) {
                var answer = RawClient.get(relay.monitoringPort(), path);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("x-gofeatureflag-version")).isNotNull();
                assertThat(RawClient.get(relay.port(), path).status()).isEqualTo(404);
            }
            assertThat(RawClient.post(relay.port(), PATH + "f", CONTEXT).status()).isEqualTo(200);
            for (String path : List.of(PATH + "f", "/v1/allflags", "/admin/v1/retriever/refresh"))
                assertThat(RawClient.post(relay.monitoringPort(), path, CONTEXT).status()).isEqualTo(404);
            assertThat(RawClient.post(relay.monitoringPort(), "/health", "").status()).isEqualTo(405);
        }
        try (RunningRelay relay = Relay.start(configWithServer(both + "disableVersionHeader: true\n"))) {
            for (int port : List.of(relay.port(), relay.monitoringPort()))
                assertThat(RawClient.get(port, "/health").header("x-gofeatureflag-version")).isNull();
        }
        try (ServerSocket taken = new ServerSocket(0)) {
            RelayConfig config = configWithServer(both.replace("Port: 0", "Port: " + taken.getLocalPort()));
            assertThatThrownBy(() -> Relay.start(config)).isInstanceOf(StartException.class);
        }
    }

    @Test
    void on_a_unix_socket_it_answers_and_leaves_no_file_behind() throws Exception {
        write("flags.yaml", ON);
        Path socket = folder.resolve("relay.sock");
        String text = "server: {mode: unixsocket, unixSocketPath: '" + socket
                + "', host: 127.0.0.1, monitoringPort: 0}\n";
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).as("what another process has left").exists();
        try (RunningRelay relay = Relay.start(configWithServer(text));
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            assertThat(relay.port()).isEqualTo(-1);
            assertThat(RawClient.get(relay.monitoringPort(), "/health").status()).isEqualTo(200);
            client.write(StandardCharsets.UTF_8.encode("POST " + PATH + "f HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + CONTEXT.length() + "\r\n\r\n" + CONTEXT));
            String answer = new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("\"value\":true");
        }
        assertThat(socket).doesNotExist();
        Files.writeString(socket, "precious");
        RelayConfig config = configWithServer(text);
        assertThatThrownBy(() -> Relay.start(config))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot listen on " + socket + ": there is a file that is no socket");
        assertThat(socket).hasContent("precious");
    }

    /// R-D7.
    @Test
    void flags_that_cannot_be_loaded_stop_the_start_with_a_message() throws Exception {
        RelayConfig absent = config("");
        assertThatThrownBy(() -> Relay.start(absent))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the flags cannot be loaded")
                .hasMessageContaining("flags.yaml");
        write("flags.yaml", "f: [\n");
        assertThatThrownBy(() -> Relay.start(absent))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("flags.yaml:");
    }

    @Test
    void with_start_with_retriever_error_it_serves_no_flags_until_there_are_some() throws Exception {
        try (RunningRelay relay = Relay.start(config("startWithRetrieverError: true\n"))) {
            assertThat(RawClient.post(relay.port(), PATH + "f", CONTEXT).status()).isEqualTo(404);
            assertThat(RawClient.get(relay.port(), "/info").body())
                    .isEqualTo("{\"cacheRefresh\":\"0001-01-01T00:00:00Z\"}\n");
            write("flags.yaml", ON);
            awaitBody(relay, "f", "\"value\":true");
        }
    }

    @Test
    void clients_that_ask_for_all_flags_find_the_member_even_when_there_are_none() throws Exception {
        String all = "{\"evaluationContext\":{\"key\":\"u\"}}";
        String some = "{\"evaluationContext\":{\"key\":\"u\",\"custom\":{\"gofeatureflag\":{\"flagList\":[\"g\"]}}}}";
        try (RunningRelay relay = Relay.start(config("startWithRetrieverError: true\n"))) {
            assertThat(RawClient.post(relay.port(), "/v1/allflags", all).body())
                    .isEqualTo("{\"flags\":{},\"valid\":true}\n");
            write("flags.yaml", ON);
            awaitBody(relay, "f", "\"value\":true");
            assertThat(RawClient.post(relay.port(), "/v1/allflags", some).body()).isEqualTo("{\"valid\":true}\n");
        }
    }

    /// R-D29: also where the retrievers deliver JSON.
    @Test
    void without_its_source_it_serves_what_it_served_last_and_says_so() throws Exception {
        String json = "{\"f\": {\"variations\": {\"a\": \"A\"}, \"defaultRule\": {\"variation\": \"a\"}}}";
        String more = "fileFormat: json\npersistentFlagConfigurationFile: '" + folder.resolve("last.yaml") + "'\n";
        write("flags.yaml", json);
        try (RunningRelay _ = Relay.start(config(more))) {
            while (!Files.exists(folder.resolve("last.yaml"))) Thread.onSpinWait();
        }
        Files.delete(folder.resolve("flags.yaml"));
        try (RunningRelay relay = Relay.start(config(more))) {
            assertThat(RawClient.post(relay.port(), PATH + "f", CONTEXT).body()).contains("\"value\":\"A\"");
            var ready = RawClient.get(relay.port(), "/readyz");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.body()).contains("\"state\":\"stale\"");
            write("flags.yaml", json.replace("\"A\"", "\"B\""));
            awaitBody(relay, "f", "\"value\":\"B\"");
            assertThat(RawClient.get(relay.port(), "/readyz").body()).contains("\"state\":\"fresh\"");
        }
    }

    @Test
    void a_port_that_is_taken_stops_the_start_with_a_message() throws Exception {
        write("flags.yaml", ON);
        try (ServerSocket taken = new ServerSocket(0)) {
            RelayConfig config = config("", taken.getLocalPort());
            assertThatThrownBy(() -> Relay.start(config))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    /// Four kinds of broken edit, each seen by the relay before the next.
    @Test
    void broken_edits_fail_no_request_and_change_no_answer() throws Exception {
        write("flags.yaml", ON);
        try (RunningRelay relay = Relay.start(config(""))) {
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Long> client = CompletableFuture.supplyAsync(() -> askUntil(done, relay.port()));
            for (String broken : List.of("f: {variations: {\"on\": true}, defaultRule: {variation: nowhere}}\n",
                    "f: [\n", "")) {
                write("flags.yaml", broken);
                await(relay, status -> !status.problems().isEmpty());
                write("flags.yaml", ON);
                await(relay, status -> status.problems().isEmpty());
            }
            Files.delete(folder.resolve("flags.yaml"));
            await(relay, status -> status.problems().toString().contains("flags.yaml"));
            write("flags.yaml", ON + "next: {variations: {a: A}, defaultRule: {variation: a}}\n");
            awaitBody(relay, "next", "\"value\":\"A\"");
            done.set(true);
            assertThat(client.get(20, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    void on_sigterm_it_finishes_what_is_under_way_and_ends_with_exit_code_0() throws Exception {
        write("flags.yaml", ON);
        Path config = configFile("hideBanner: true\n", 0);
        Files.writeString(config, Files.readString(config).replace("logLevel: error", "logLevel: info"));
        Process process = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Serve.class.getName(),
                config.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                RawClient client = new RawClient(portOf(out))) {
            client.write("POST " + PATH + "f HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: " + CONTEXT.length() + "\r\n\r\n");
            assertThat(client.read().status()).as("the request is under way").isEqualTo(100);
            process.destroy();
            client.write(CONTEXT);
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /// As the log says; -1 of a Unix socket.
    static int portOf(BufferedReader log) {
        Pattern port = Pattern.compile("\"listening\".*\"port\":(-?\\d+)");
        return log.lines()
                .map(port::matcher)
                .filter(Matcher::find)
                .map(listening -> Integer.parseInt(listening.group(1)))
                .findFirst()
                .orElseThrow();
    }

    /// A process of its own for the signal.
    static final class Serve {
        private Serve() {}

        public static void main(String[] args) throws Exception {
            Relay.serve((RelayConfig) RelayConfig.read(Path.of(args[0]), List.of()));
        }
    }

    private static long askUntil(AtomicBoolean done, int port) {
        try (RawClient client = new RawClient(port)) {
            long asked = 0;
            for (; !done.get(); asked++)
                assertThat(client.send("POST", PATH + "f", CONTEXT).body()).contains("\"value\":true");
            return asked;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void awaitBody(RunningRelay relay, String flag, String expected) throws IOException {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        String body = "";
        while (!body.contains(expected) && Instant.now().isBefore(end))
            body = RawClient.post(relay.port(), PATH + flag, CONTEXT).body();
        assertThat(body).contains(expected);
    }

    private static void await(RunningRelay relay, Predicate<FlagSetStatus> condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.test(relay.status().getFirst()) && Instant.now().isBefore(end)) Thread.onSpinWait();
        assertThat(relay.status().getFirst()).matches(condition);
    }

    private void write(String name, String text) throws IOException {
        Path next = Files.writeString(folder.resolve(name + ".new"), text);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private RelayConfig config(String more) throws IOException {
        return config(more, 0);
    }

    private RelayConfig config(String more, int port) throws IOException {
        ConfigReading reading = RelayConfig.read(configFile("hideBanner: true\n" + more, port), List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }

    private RelayConfig configWithServer(String text) throws IOException {
        Path file = Files.writeString(
                folder.resolve("goff-proxy.yaml"),
                "retriever: {kind: file, path: '" + folder.resolve("flags.yaml") + "'}\nhideBanner: true\n"
                        + "logLevel: error\n" + text);
        return (RelayConfig) RelayConfig.read(file, List.of());
    }

    private Path configFile(String more, int port) throws IOException {
        return Files.writeString(
                folder.resolve("goff-proxy.yaml"),
                "retriever: {kind: file, path: '" + folder.resolve("flags.yaml") + "'}\n"
                        + "server: {host: 127.0.0.1, port: " + port + "}\npollingInterval: 1000\nlogLevel: error\n"
                        + more);
    }
}
