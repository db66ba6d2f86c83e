package dev.jackstaff.exporters.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.exporters.text.FileNames;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import dev.jackstaff.testkit.RawServer;
import dev.jackstaff.testkit.RemoteExporterContract;
import dev.jackstaff.testkit.TestEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookExporterTest extends RemoteExporterContract {
    private static final Pattern KEY = Pattern.compile("\"key\":\"(e\\d+)\"");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private RawServer server;

    @BeforeEach
    void open() throws IOException {
        server = new RawServer((request, exchange) -> {});
        recover();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Override
    protected Exporter create() throws InvalidSettingsException {
        return exporter(Map.of());
    }

    @Override
    protected List<String> arrived() {
        List<String> keys = new ArrayList<>();
        for (String body : taken) {
            Matcher key = KEY.matcher(body);
            while (key.find()) keys.add(key.group(1));
        }
        return keys;
    }

    @Override
    protected String secret() {
        return "s3cret";
    }

    @Override
    protected void fail() {
        server.serves((request, exchange) -> exchange.write(RawServer.answer("500 Oops", "s3cret in an answer")));
    }

    @Override
    protected void recover() {
        server.serves((request, exchange) -> {
            taken.add(request.body());
            exchange.write(RawServer.answer("200 OK", ""));
        });
    }

    @Override
    protected void stall() {
        server.serves((request, exchange) -> exchange.stall());
    }

    @Test
    void a_batch_is_one_request_as_the_original_sends_it() throws Exception {
        Event event = new EvaluationEvent("feature", "user", "<u>", Instant.EPOCH, "f", "on", true, false, "", "SERVER",
                Map.of());
        exporter(Map.of("meta", Map.of("team", "a", "build", 7))).export(List.of(event, event), LIMIT);
        String json =
                "{\"kind\":\"feature\",\"contextKind\":\"user\",\"userKey\":\"\\u003cu\\u003e\",\"creationDate\":0,"
                        + "\"key\":\"f\",\"variation\":\"on\",\"value\":true,\"default\":false,\"version\":\"\","
                        + "\"source\":\"SERVER\"}";
        RawServer.Request request = server.requests().get(0);
        assertThat(request.body())
                .isEqualTo("{\"meta\":{\"build\":\"7\",\"hostname\":\"" + FileNames.hostname() + "\",\"team\":\"a\"},"
                        + "\"events\":[" + json + "," + json + "]}");
        assertThat(request.line()).startsWith("POST /hook?key=s3cret HTTP/1.1");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(request.header("X-Hub-Signature-256"))
                .isEqualTo(Signature.of(request.body().getBytes(UTF_8), "s3cret"));
    }

    /// `internal/signer/signer.go`, its test.
    @Test
    void the_signature_is_that_of_the_original() {
        assertThat(Signature.of("this is a test".getBytes(UTF_8), "secret"))
                .isEqualTo("sha256=08abbecc4779c9260cc85a017eb9db8babb5308a614cc9f13a4b9976af6b7cee");
    }

    @Test
    void a_host_name_that_is_configured_stays_and_without_a_secret_nothing_is_signed() throws Exception {
        exporter(Map.of("meta", Map.of("hostname", "h"), "secret", "")).export(TestEvents.evaluations(0, 1), LIMIT);
        assertThat(server.requests().get(0).body()).startsWith("{\"meta\":{\"hostname\":\"h\"},");
        assertThat(server.requests().get(0).header("X-Hub-Signature-256")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "202 Accepted", "204 No Content"})
    void any_success_is_one(String status) throws Exception {
        server.serves((request, exchange) -> exchange.write(
                status.startsWith("204")
                        ? "HTTP/1.1 204 No Content\r\n\r\n".getBytes(UTF_8)
                        : RawServer.answer(status, "thanks")));
        assertThat(export(TestEvents.evaluations(0, 1))).isEqualTo(Delivery.COMPLETE);
    }

    @Test
    void an_answer_of_any_size_is_one() throws Exception {
        server.serves((request, exchange) -> exchange.write(RawServer.answer("200 OK", "x".repeat(1 << 20))));
        assertThat(export(TestEvents.evaluations(0, 1))).isEqualTo(Delivery.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource({"400 Bad Request, 400", "429 Too Many Requests, 429", "503 Unavailable, 503"})
    void any_other_answer_is_a_failure_with_its_code(String status, int code) throws Exception {
        server.serves((request, exchange) -> exchange.write(RawServer.answer(status, "no")));
        assertThatThrownBy(() -> export(TestEvents.evaluations(0, 1)))
                .hasMessage("the request to " + server.url() + "/hook failed with code " + code);
    }

    /// A client that follows it asks without the events, gets 200, and they are gone.
    @Test
    void a_redirect_that_drops_the_body_is_a_failure() throws Exception {
        server.serves((request, exchange) -> exchange.write(
                request.line().startsWith("POST")
                        ? RawServer.answer("301 Moved\nLocation: /other", "")
                        : RawServer.answer("200 OK", "")));
        assertThatThrownBy(() -> export(TestEvents.evaluations(0, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("drops the body");
    }

    @Test
    void a_redirect_that_keeps_the_body_is_followed() throws Exception {
        server.serves((request, exchange) -> {
            if (request.line().contains("/other")) {
                taken.add(request.body());
                exchange.write(RawServer.answer("200 OK", ""));
            } else {
                exchange.write(RawServer.answer("308 Moved\nLocation: /other", ""));
            }
        });
        assertThat(export(TestEvents.evaluations(0, 1))).isEqualTo(Delivery.COMPLETE);
        assertThat(arrived()).containsExactly("e0");
    }

    @Test
    void a_batch_that_is_too_large_for_the_server_goes_in_parts() throws Exception {
        takeAtMost(2_000);
        List<Event> left = TestEvents.evaluations(0, 50);
        for (int calls = 0; !left.isEmpty(); calls++) {
            assertThat(calls).isLessThan(20);
            left = export(left).again();
        }
        assertThat(arrived()).isEqualTo(TestEvents.evaluations(0, 50).stream().map(Event::key).toList());
    }

    @Test
    void an_event_that_alone_is_too_large_is_refused_and_the_others_come_again() throws Exception {
        takeAtMost(1_000);
        Event large = new EvaluationEvent("feature", "user", "u", Instant.EPOCH, "large", "v", "x".repeat(2_000), false,
                "", "SERVER", Map.of());
        Event small = TestEvents.evaluation("e1");
        Delivery first = export(List.of(large, small));
        assertThat(first).isEqualTo(
                new Delivery(List.of(small), 1, "too large for " + server.url() + "/hook, code 413"));
        assertThat(export(first.again())).isEqualTo(Delivery.COMPLETE);
        assertThat(arrived()).containsExactly("e1");
    }

    @Test
    void an_event_without_json_form_is_refused_alone() throws Exception {
        Event odd = new EvaluationEvent("feature", "user", "u", Instant.EPOCH, "odd", "v", Double.NaN, false, "",
                "SERVER", Map.of());
        assertThat(export(List.of(odd, TestEvents.evaluation("e1"))).refused()).isEqualTo(1);
        assertThat(export(List.of(odd)).refused()).isEqualTo(1);
        assertThat(arrived()).containsExactly("e1");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void mistakes_stop_the_start() {
        assertThat(problems(Map.of("endpointUrl", ""))).containsExactly(
                "invalid exporter: no \"endpointUrl\" property found for kind \"webhook\"");
        assertThat(problems(Map.of("endpointUrl", "ftp://s3cret/", "meta", List.of(), "headers", "x")))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).startsWith("invalid exporter: ").doesNotContain("s3cret"));
    }

    private List<String> problems(Map<String, Object> settings) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> exporter(settings)).problems();
    }

    private void takeAtMost(int bytes) {
        server.serves((request, exchange) -> {
            boolean fits = request.body().length() <= bytes;
            if (fits) taken.add(request.body());
            exchange.write(RawServer.answer(fits ? "200 OK" : "413 Too Large", ""));
        });
    }

    private Exporter exporter(Map<String, Object> more) throws InvalidSettingsException {
        Map<String, Object> values = new HashMap<>(Map.of(
                "endpointUrl", server.url() + "/hook?key=s3cret", "secret", "s3cret", "headers",
                Map.of("Authorization", List.of("Bearer s3cret"))));
        values.putAll(more);
        return new WebhookExporterFactory().create(
                EventType.EVALUATION, new Settings("exporter", "webhook", values));
    }
}
