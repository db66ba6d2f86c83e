package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.runtime.ExporterHealth;
import dev.jackstaff.testkit.RawServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole way of an event: a request at a real relay, the exporters of a configuration file, a real server at the end.
class ExportersTest {
    private static final String FLAG = "f: {variations: {a: A}, defaultRule: {variation: a}}\n";
    private static final String EVALUATE = "/ofrep/v1/evaluate/flags/f";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private RawServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("flags.yaml"), FLAG);
        server = new RawServer((request, exchange) -> {
            received.add(request.body());
            exchange.write(RawServer.answer("200 OK", ""));
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void events_of_evaluations_and_of_the_collector_reach_the_exporters_of_their_type() throws Exception {
        String exporters = "exporters:\n"
                + "  - {kind: webhook, endpointUrl: '" + server.url() + "', flushInterval: 50}\n"
                + "  - {kind: file, outputDir: '" + folder.resolve("out") + "', filename: tracking.jsonl,"
                + " eventType: tracking, maxEventInMemory: 2}\n";
        try (RunningRelay relay = Relay.start(config(exporters))) {
            evaluate(relay, "u1");
            RawClient.post(relay.port(), "/v1/data/collector",
                    "{\"events\":[{\"kind\":\"tracking\",\"key\":\"t1\"},{\"kind\":\"feature\",\"key\":\"f\"},"
                            + "{\"kind\":\"tracking\",\"key\":\"t2\"}]}");
            await(() -> received.toString().contains("u1") && received.toString().contains("PROVIDER_CACHE"));
            await(() -> exported(relay, 1) == 2);
            assertThat(Files.readAllLines(folder.resolve("out/tracking.jsonl"))).hasSize(2);
            assertThat(received).allSatisfy(body -> assertThat(body).startsWith("{\"meta\":{\"hostname\":"));
            await(() -> exported(relay, 0) == 2);
        }
    }

    /// R-D1: in every mode.
    @Test
    void closing_the_relay_delivers_what_waits() throws Exception {
        try (RunningRelay relay = Relay.start(config(webhook()))) {
            for (int i = 0; i < 500; i++) evaluate(relay, "u" + i + ".");
            assertThat(received).isEmpty();
        }
        assertThat(received).hasSize(1);
        for (int i = 0; i < 500; i++) assertThat(received.getFirst()).contains("\"userKey\":\"u" + i + ".\"");
    }

    /// A sink that hangs costs 5 s of the end, and what is lost is told.
    @Test
    void the_end_does_not_wait_for_a_sink_that_hangs_and_tells_what_is_lost() throws Exception {
        server.serves((request, exchange) -> exchange.stall());
        RunningRelay relay = Relay.start(config(webhook()));
        try (LogLines log = new LogLines()) {
            evaluate(relay, "u1");
            Instant begun = Instant.now();
            relay.close();
            assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(30));
            log.await("events could not be exported before the end and are lost");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "unixsocket"})
    void sigterm_delivers_what_waits_and_ends_with_exit_code_0(String mode) throws Exception {
        Path socket = folder.resolve("relay.sock");
        Path file = configFile("server: {host: 127.0.0.1, port: 0, mode: " + mode + ", unixSocketPath: '" + socket
                + "'}\n" + webhook());
        Process process = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                RelayTest.Serve.class.getName(), file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int port = RelayTest.portOf(out);
            String answer = port < 0
                    ? ask(socket, body("u1"))
                    : RawClient.post(port, EVALUATE, body("u1")).body();
            assertThat(answer).contains("\"value\":\"A\"");
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(received).singleElement().asString().contains("\"userKey\":\"u1\"");
        } finally {
            process.destroyForcibly();
        }
    }

    /// R-D11: in the original 118 of 1000 survive, and none above level info.
    @Test
    void the_log_has_every_event_whatever_its_level() throws Exception {
        try (RunningRelay relay =
                Relay.start(config("exporter: {kind: log, logFormat: 'event of {{ .UserKey}}'}\nlogLevel: error\n"));
                LogLines log = new LogLines()) {
            for (int i = 0; i < 1_000; i++) evaluate(relay, "same");
            await(() -> exported(relay, 0) == 1_000);
            assertThat(log.all().stream().filter(line -> line.startsWith("event of same"))).hasSize(1_000);
        }
    }

    @Test
    void another_exporter_in_the_configuration_gets_what_comes_and_the_old_one_what_waits() throws Exception {
        try (RawServer second = new RawServer((request, exchange) -> {
            received.add("second " + request.body());
            exchange.write(RawServer.answer("200 OK", ""));
        }); RunningRelay relay = Relay.start(config(webhook()))) {
            evaluate(relay, "before");
            configFile("server: {host: 127.0.0.1, port: 0}\nexporter: {kind: webhook, endpointUrl: '" + second.url()
                    + "', maxEventInMemory: 1}\n");
            await(() -> received.stream().anyMatch(body -> body.contains("before")));
            evaluate(relay, "after");
            await(() -> received.stream().anyMatch(body -> body.startsWith("second ") && body.contains("after")));
            assertThat(received).noneMatch(body -> body.startsWith("second ") && body.contains("before"));
        }
    }

    @Test
    void a_sink_that_is_down_touches_no_answer_and_its_trouble_shows() throws Exception {
        server.close();
        try (RunningRelay relay = Relay.start(config(
                "exporter: {kind: webhook, endpointUrl: '" + server.url()
                        + "/x?token=s3cret', maxEventInMemory: 1}\n"))) {
            for (int i = 0; i < 100; i++) evaluate(relay, "u" + i);
            await(() -> health(relay, 0).problem() != null);
            assertThat(health(relay, 0).problem()).contains(server.url() + "/x").doesNotContain("s3cret");
            assertThat(health(relay, 0).waiting()).isEqualTo(100);
        }
    }

    private static void evaluate(RunningRelay relay, String user) throws IOException {
        assertThat(RawClient.post(relay.port(), EVALUATE, body(user)).status()).isEqualTo(200);
    }

    private static String body(String user) {
        return "{\"context\":{\"targetingKey\":\"" + user + "\"}}";
    }

    private static String ask(Path socket, String body) throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(socket));
            client.write(ByteBuffer.wrap(("POST " + EVALUATE + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ExporterHealth health(RunningRelay relay, int index) {
        return relay.exporters().get("default").get(index);
    }

    private static long exported(RunningRelay relay, int index) {
        return health(relay, index).exported();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    private String webhook() {
        return "exporter: {kind: webhook, endpointUrl: '" + server.url() + "'}\n";
    }

    private RelayConfig config(String more) throws IOException {
        ConfigReading reading =
                RelayConfig.read(configFile("server: {host: 127.0.0.1, port: 0}\n" + more), List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }

    private Path configFile(String more) throws IOException {
        Path next = Files.writeString(folder.resolve("next.yaml"), "retriever: {kind: file, path: '"
                + folder.resolve("flags.yaml") + "'}\nhideBanner: true\n" + more);
        return Files.move(
                next, folder.resolve("goff-proxy.yaml"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
