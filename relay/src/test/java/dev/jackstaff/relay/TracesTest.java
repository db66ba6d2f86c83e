package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.ConfigSource;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.traces.Traces;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Traces as a receiver gets them: OTLP over HTTP and over gRPC, decoded by OpenTelemetry's own classes.
class TracesTest {
    private static final String ONE = "/ofrep/v1/evaluate/flags/one";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c", PARENT = "b7ad6b7169203331";
    private static final String CONTEXT =
            "{\"context\":{\"targetingKey\":\"anna\",\"email\":\"anna@secret.example\"}}";

    /// What a receiver was sent.
    ///
    /// @param headers of the request that brought it, names in lower case
    private record Sent(ExportTraceServiceRequest spans, Map<String, String> headers) {}

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<Sent> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void flags() throws IOException {
        Files.writeString(folder.resolve("flags.yaml"), """
                one: {variations: {a: valuable}, defaultRule: {variation: a}, version: "7"}
                """);
    }

    @Test
    void a_request_is_a_span_below_its_callers_and_the_evaluation_an_event_in_it() throws Exception {
        HttpServer receiver = receiver();
        try (RunningRelay relay = start(endpoint(receiver), "")) {
            RawClient.post(relay.port(), ONE, CONTEXT, "traceparent: 00-" + TRACE + "-" + PARENT + "-01",
                    "X-Forwarded-For: 192.0.2.7");
            Sent sent = received();
            Span span = spans(sent).getFirst();
            assertThat(span.getName()).isEqualTo("POST /ofrep/v1/evaluate/flags/{flagKey}");
            assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
            assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray())).isEqualTo(TRACE);
            assertThat(HexFormat.of().formatHex(span.getParentSpanId().toByteArray())).isEqualTo(PARENT);
            assertThat(span.getEndTimeUnixNano()).isGreaterThan(span.getStartTimeUnixNano());
            assertThat(attributes(span.getAttributesList())).containsAllEntriesOf(Map.of(
                    "http.request.method", "POST", "http.route", "/ofrep/v1/evaluate/flags/{flagKey}",
                    "http.response.status_code", "200", "client.address", "192.0.2.7"));
            assertThat(span.getEventsList()).singleElement().satisfies(event -> {
                assertThat(event.getName()).isEqualTo("feature_flag.evaluation");
                assertThat(attributes(event.getAttributesList())).isEqualTo(Map.of(
                        "feature_flag.key", "one", "feature_flag.result.variant", "a",
                        "feature_flag.result.reason", "static", "feature_flag.context.id", "anna",
                        "feature_flag.set.id", "default", "feature_flag.version", "7",
                        "feature_flag.provider.name", "jackstaff"));
            });
            Map<String, String> resource =
                    attributes(sent.spans.getResourceSpans(0).getResource().getAttributesList());
            assertThat(resource).containsEntry("service.name", "go-feature-flag").containsKey("service.version");
            assertThat(sent.spans.toString()).doesNotContain("anna@secret.example", "valuable");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void an_evaluation_that_fails_says_why_in_the_words_of_the_standard() throws Exception {
        HttpServer receiver = receiver();
        try (RunningRelay relay = start(endpoint(receiver), "")) {
            RawClient.post(relay.port(), ONE.replace("one", "none"), CONTEXT);
            Span span = spans(received()).getFirst();
            assertThat(attributes(span.getEvents(0).getAttributesList()))
                    .containsAllEntriesOf(Map.of(
                            "feature_flag.key", "none", "feature_flag.result.reason", "error",
                            "error.type", "flag_not_found"));
            assertThat(span.getParentSpanId().isEmpty()).as("no caller's span").isTrue();
        } finally {
            receiver.stop(0);
        }
    }

    /// A broken `traceparent` starts a trace; keys and queries stay out; unknown methods and paths count together.
    @Test
    void what_callers_make_up_and_what_is_secret_does_not_get_into_a_span() throws Exception {
        HttpServer receiver = receiver();
        try (RunningRelay relay =
                start(endpoint(receiver), "authorizedKeys: {evaluation: [secret-key]}\n");
                RawClient client = new RawClient(relay.port())) {
            client.send("MADE", "/made/up?apiKey=secret-key", null, "traceparent: 00-broken");
            client.send("POST", ONE, CONTEXT, "X-API-Key: secret-key", "tracestate: a=b");
            List<Span> spans = spans(received());
            while (spans.size() < 2) spans.addAll(spans(received()));
            assertThat(spans).extracting(Span::getName)
                    .containsExactly("HTTP /*", "POST /ofrep/v1/evaluate/flags/{flagKey}");
            assertThat(spans.toString()).doesNotContain("secret-key", "made", "MADE");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void settings_are_those_of_opentelemetry_and_headers_reach_the_receiver_and_no_page() throws Exception {
        HttpServer receiver = receiver();
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint(receiver),
                "OTEL_EXPORTER_OTLP_HEADERS", "api-key=for-the-receiver",
                "OTEL_RESOURCE_ATTRIBUTES", "deployment=blue,team=checkout",
                "OTEL_SERVICE_NAME", "flags-of-ours",
                "OTEL_BSP_SCHEDULE_DELAY", "50");
        RelayConfig config = (RelayConfig) new ConfigSource(configFile(""), List.of(), environment).read();
        assertThat(config.settings().toString()).doesNotContain("for-the-receiver");
        assertThat(config.toString()).doesNotContain("for-the-receiver");
        try (RunningRelay relay = Relay.start(config)) {
            RawClient.get(relay.port(), "/health");
            Sent sent = received();
            assertThat(sent.headers).containsEntry("api-key", "for-the-receiver");
            assertThat(attributes(sent.spans.getResourceSpans(0).getResource().getAttributesList()))
                    .containsAllEntriesOf(
                            Map.of("service.name", "flags-of-ours", "deployment", "blue", "team", "checkout"));
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void over_grpc_it_is_the_same() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            int port = grpcReceiver(vertx);
            try (RunningRelay relay = start("http://127.0.0.1:" + port, "", "protocol: grpc, ")) {
                RawClient.post(relay.port(), ONE, CONTEXT);
                assertThat(spans(received()).getFirst().getName()).isEqualTo("POST /ofrep/v1/evaluate/flags/{flagKey}");
            }
        } finally {
            vertx.close().await();
        }
    }

    /// The last spans are sent when the relay stops; a receiver that is gone neither stops it nor the answers.
    @Test
    void what_waits_is_sent_at_the_end_and_a_receiver_that_is_gone_disturbs_nobody() throws Exception {
        HttpServer receiver = receiver();
        try (RunningRelay relay = Relay.start(config(otel(endpoint(receiver), "", 60_000)))) {
            RawClient.post(relay.port(), ONE, CONTEXT);
            assertThat(received).isEmpty();
        }
        assertThat(spans(received())).hasSize(1);
        receiver.stop(0);
        try (RunningRelay relay = start(endpoint(receiver), "")) {
            assertThat(RawClient.post(relay.port(), ONE, CONTEXT).status()).isEqualTo(200);
        }
    }

    @Test
    void a_sampler_that_does_not_exist_is_told_and_flags_are_served_all_the_same() throws Exception {
        RelayConfig config =
                config("otel: {traces: {sampler: made_up}, exporter: {otlp: {endpoint: 'http://127.0.0.1:1'}}}\n");
        assertThatThrownBy(() -> Traces.start(config.tracing(), "1.2.3", InstantSource.system()))
                .hasMessageContaining("traces: ")
                .hasMessageContaining("made_up");
        try (RunningRelay relay = Relay.start(config)) {
            assertThat(RawClient.post(relay.port(), ONE, CONTEXT).status()).isEqualTo(200);
        }
    }

    @Test
    void without_an_endpoint_nothing_is_sent_nor_loaded() throws Exception {
        for (String off : List.of("", "otel: {service: {name: a}}\n",
                "otel: {sdk: {disabled: true}, exporter: {otlp: {endpoint: 'http://a'}}}\n",
                "otel: {traces: {exporter: none}, exporter: {otlp: {endpoint: 'http://a'}}}\n"))
            assertThat(config(off).tracing()).as(off).isNull();
        assertThat(config("openTelemetryOtlpEndpoint: 'http://a'\n").tracing().settings())
                .containsEntry("otel.exporter.otlp.endpoint", "http://a");
    }

    @Test
    void a_protocol_that_does_not_exist_stops_the_start() throws Exception {
        ConfigReading reading = reading("otel: {exporter: {otlp: {protocol: http/json, endpoint: 'http://a'}}}\n");
        assertThat(reading.problems().toString())
                .contains("otel.exporter.otlp.protocol: no protocol: \"http/json\"", "http/protobuf or grpc");
    }

    private Sent received() throws InterruptedException {
        Sent sent = received.poll(30, TimeUnit.SECONDS);
        assertThat(sent).as("spans within 30 s").isNotNull();
        return sent;
    }

    private static List<Span> spans(Sent sent) {
        List<Span> spans = new ArrayList<>();
        sent.spans.getResourceSpansList()
                .forEach(
                        resource -> resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
        return spans;
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        Map<String, String> texts = new HashMap<>();
        for (KeyValue attribute : attributes) texts.put(attribute.getKey(), text(attribute.getValue()));
        return texts;
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? String.valueOf(value.getIntValue()) : value.getStringValue();
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            received.add(new Sent(
                    ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes()), headers));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String endpoint(HttpServer receiver) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort();
    }

    /// gRPC by hand: five bytes before the message, and the status behind the answer.
    private int grpcReceiver(Vertx vertx) {
        return vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true).setHost("127.0.0.1"))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    received.add(new Sent(parsed(body.slice(5, body.length())), Map.of()));
                    request.response()
                            .putHeader("content-type", "application/grpc")
                            .putTrailer("grpc-status", "0")
                            .end(Buffer.buffer(new byte[5]));
                }))
                .listen(0)
                .await()
                .actualPort();
    }

    private static ExportTraceServiceRequest parsed(Buffer message) {
        try {
            return ExportTraceServiceRequest.parseFrom(message.getBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private RunningRelay start(String endpoint, String more) throws Exception {
        return start(endpoint, more, "");
    }

    private RunningRelay start(String endpoint, String more, String protocol) throws Exception {
        return Relay.start(config(otel(endpoint, protocol, 50) + more));
    }

    private static String otel(String endpoint, String protocol, int delay) {
        return "otel: {bsp: {schedule: {delay: %d}}, exporter: {otlp: {%sendpoint: '%s'}}}\n"
                .formatted(delay, protocol, endpoint);
    }

    private RelayConfig config(String more) throws Exception {
        ConfigReading reading = reading(more);
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }

    private ConfigReading reading(String more) throws Exception {
        return RelayConfig.read(configFile(more), List.of());
    }

    private Path configFile(String more) throws IOException {
        return Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {host: 127.0.0.1, port: 0}
                retriever: {kind: file, path: '%s'}
                hideBanner: true
                """.formatted(folder.resolve("flags.yaml")) + more);
    }
}
