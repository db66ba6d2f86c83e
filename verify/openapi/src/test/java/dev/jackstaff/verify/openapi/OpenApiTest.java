package dev.jackstaff.verify.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.mediatype.ContentAnalyserFactory;
import io.vertx.openapi.mediatype.MediaTypePredicate;
import io.vertx.openapi.mediatype.MediaTypeRegistry;
import io.vertx.openapi.mediatype.impl.DefaultMediaTypeRegistration;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `/openapi.json` is OpenAPI 3.1, and what it says is so: every example is sent and answered as it says, every answer has the
/// form it gives.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String JSON = "application/json";

    /// Their values are those of the moment.
    private static final Set<String> TIMES = Set.of("timestamp", "cacheRefresh", "lastRefresh", "since");

    private static final Set<String> ENDLESS =
            Set.of("changeEvents", "changeSocket", "changeSocketFormerly", "refetchEvents");

    /// One request that the document shows.
    record Case(Operation operation, String name, String path, JsonObject body) {
        @Override
        public String toString() {
            return operation.getOperationId() + " " + name;
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private Vertx vertx;
    private TestRelay relay;
    private TestRelay guarded;
    private TestRelay limited;
    private JsonObject document;
    private OpenAPIContract contract;
    private ResponseValidator validator;

    /// Reading the document is a test in itself: it is held against the schema of OpenAPI 3.1.
    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path guardedFolder, @TempDir Path limitedFolder) throws Exception {
        relay = TestRelay.start(folder, "authorizedKeys: {admin: [operator]}\n");
        guarded = TestRelay.start(guardedFolder, "authorizedKeys: {evaluation: [app], admin: [operator]}\n");
        limited = TestRelay.start(limitedFolder,
                "authorizedKeys: {evaluation: [app]}\nlimits: {requestRate: 0.001, requestBurst: 1}\n");
        vertx = Vertx.vertx();
        document = new JsonObject(client.send(get("/openapi.json"), BodyHandlers.ofString()).body());
        MediaTypeRegistry types = MediaTypeRegistry.createDefault()
                .register(new DefaultMediaTypeRegistration(
                        MediaTypePredicate.ofRegexp("text/(event-stream|plain.*)"), ContentAnalyserFactory.noop()));
        contract = OpenAPIContract.builder(vertx)
                .mediaTypeRegistry(types)
                .setContract(document.copy())
                .build()
                .await(20, TimeUnit.SECONDS);
        validator = ResponseValidator.create(vertx, contract);
    }

    @AfterAll
    void stop() {
        relay.close();
        guarded.close();
        limited.close();
        client.close();
        vertx.close().await();
    }

    @Test
    void it_is_openapi_3_1_and_says_which_relay_answers() throws Exception {
        HttpResponse<String> answer = client.send(get("/health"), BodyHandlers.ofString());
        assertThat(contract.getVersion()).hasToString("V3_1");
        assertThat(document.getJsonObject("info").getString("version"))
                .isEqualTo(answer.headers().firstValue("x-gofeatureflag-version").orElseThrow());
        assertThat(contract.operations()).hasSizeGreaterThan(18);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void an_example_is_answered_as_the_document_says(Case example) throws Exception {
        HttpResponse<String> answer = send(relay, example, "X-API-Key", "operator");
        validate(answer, example.operation);
        int status = statusOf(example);
        if (status > 0) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(timeless(new JsonObject(answer.body())))
                    .isEqualTo(timeless(examples(response(example.operation, status))
                            .getJsonObject(example.name)
                            .getJsonObject("value")));
        }
    }

    Stream<Case> an_example_is_answered_as_the_document_says() {
        return contract.operations().stream().filter(it -> !ENDLESS.contains(it.getOperationId())).flatMap(this::cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void without_a_key_a_guarded_route_answers_as_the_document_says(Case example) throws Exception {
        HttpResponse<String> answer = send(guarded, example, "Accept", JSON);
        assertThat(answer.statusCode()).isEqualTo(401);
        validate(answer, example.operation);
    }

    Stream<Case> without_a_key_a_guarded_route_answers_as_the_document_says() {
        return contract.operations()
                .stream()
                .filter(operation -> operation.getResponse(401) != null)
                .flatMap(operation -> cases(operation).limit(1));
    }

    /// Routes without 401 are exactly those that ask nobody.
    @Test
    void every_other_route_is_open() throws Exception {
        for (Operation operation : contract.operations()) {
            if (operation.getResponse(401) != null) continue;
            assertThat(operation.getSecurityRequirements()).as(operation.getOperationId()).isEmpty();
            Case example = cases(operation).findFirst().orElseThrow();
            assertThat(send(guarded, example, "Accept", "*/*").statusCode()).as(example.toString()).isLessThan(400);
        }
    }

    /// Routes with 429 are exactly those that count.
    @Test
    void who_asks_too_often_is_answered_as_the_document_says() throws Exception {
        List<String> counted = new ArrayList<>();
        for (Operation operation : contract.operations()) {
            if (ENDLESS.contains(operation.getOperationId())) continue;
            Case example = cases(operation).findFirst().orElseThrow();
            HttpResponse<String> answer = send(limited, example, "X-API-Key", "app");
            if (answer.statusCode() != 429) answer = send(limited, example, "X-API-Key", "app");
            assertThat(answer.statusCode() == 429).as(example.toString()).isEqualTo(operation.getResponse(429) != null);
            if (answer.statusCode() != 429) continue;
            validate(answer, operation);
            assertThat(answer.headers().firstValue("retry-after").orElseThrow()).containsOnlyDigits();
            counted.add(operation.getOperationId());
        }
        assertThat(counted).hasSize(8);
    }

    @Test
    void what_a_client_has_already_is_answered_304_as_the_document_says() throws Exception {
        int checked = 0;
        for (Operation operation : contract.operations()) {
            if (operation.getResponse(304) == null) continue;
            Case example = cases(operation).findFirst().orElseThrow();
            String etag = send(relay, example, "Accept", JSON).headers().firstValue("etag").orElseThrow();
            HttpResponse<String> answer = send(relay, example, "If-None-Match", etag);
            assertThat(answer.statusCode()).as(example.toString()).isEqualTo(304);
            assertThat(etag).matches(document
                    .getJsonObject("components")
                    .getJsonObject("headers")
                    .getJsonObject("ETag")
                    .getJsonObject("schema")
                    .getString("pattern"));
            checked++;
        }
        assertThat(checked).isEqualTo(3);
    }

    @Test
    void streams_begin_as_the_document_says() throws Exception {
        HttpResponse<InputStream> events =
                client.send(get("/stream/v1/sse/flag/change"), BodyHandlers.ofInputStream());
        events.body().close();
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(contract.operation("changeEvents").getResponse(200).getContent())
                .containsOnlyKeys(events.headers().firstValue("content-type").orElseThrow());
        for (String id : List.of("changeSocket", "changeSocketFormerly")) {
            Operation operation = contract.operation(id);
            assertThat(client.send(get(operation.getOpenAPIPath()), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(400);
            assertThat(operation.getResponse(101)).isNotNull();
            assertThat(operation.getResponse(400)).isNotNull();
        }
    }

    /// The check itself: an answer that the document does not have is seen.
    @Test
    void an_answer_of_another_form_is_found() {
        Operation health = contract.operation("health");
        assertThat(valid(200, "{\"initialized\":true}", health)).isTrue();
        assertThat(valid(200, "{\"initialized\":\"yes\"}", health)).isFalse();
        assertThat(valid(200, "{}", health)).isFalse();
        assertThat(valid(404, "{}", health)).isFalse();
    }

    private boolean valid(int status, String body, Operation operation) {
        try {
            validator.validate(
                    ValidatableResponse.create(status, Buffer.buffer(body), JSON), operation.getOperationId())
                    .await(20, TimeUnit.SECONDS);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private void validate(HttpResponse<String> answer, Operation operation) throws Exception {
        int status = answer.statusCode();
        assertThat(operation.getResponse(status))
                .as("%s answers %d: %s", operation.getOperationId(), status, answer.body())
                .isNotNull();
        String type = answer.headers().firstValue("content-type").orElse(null);
        if (operation.getResponse(status).getContent().isEmpty()) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        assertThat(type).isIn(operation.getResponse(status).getContent().keySet());
        if (!JSON.equals(type)) return;
        validator.validate(
                ValidatableResponse.create(status, Buffer.buffer(answer.body()), JSON), operation.getOperationId())
                .await(20, TimeUnit.SECONDS);
    }

    private JsonObject asWritten(Operation operation) {
        return document.getJsonObject("paths")
                .getJsonObject(operation.getOpenAPIPath())
                .getJsonObject(operation.getHttpMethod().name().toLowerCase(Locale.ROOT));
    }

    /// An operation with each of its examples; without any once, as it is.
    private Stream<Case> cases(Operation operation) {
        JsonObject body = asWritten(operation).getJsonObject("requestBody");
        if (body == null)
            return Stream.of(new Case(operation, "here", operation.getOpenAPIPath(), null));
        JsonObject examples = body.getJsonObject("content").getJsonObject(JSON).getJsonObject("examples");
        return examples.fieldNames()
                .stream()
                .map(name -> new Case(
                        operation, name, path(operation, name), examples.getJsonObject(name).getJsonObject("value")));
    }

    private String path(Operation operation, String name) {
        String path = operation.getOpenAPIPath();
        for (Object each : asWritten(operation).getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = (JsonObject) each;
            if (!"path".equals(parameter.getString("in"))) continue;
            String value = parameter.getJsonObject("examples").getJsonObject(name).getString("value");
            path = path.replace("{" + parameter.getString("name") + "}",
                    URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return path;
    }

    /// The status whose answer shows the example of this name; 0 when none does.
    private int statusOf(Case example) {
        List<Integer> found = new ArrayList<>();
        JsonObject responses = asWritten(example.operation).getJsonObject("responses");
        for (String status : responses.fieldNames())
            if (examples(response(example.operation, Integer.parseInt(status))).containsKey(example.name))
                found.add(Integer.valueOf(status));
        assertThat(found).hasSizeLessThan(2);
        return found.isEmpty() ? 0 : found.getFirst();
    }

    private JsonObject response(Operation operation, int status) {
        return asWritten(operation).getJsonObject("responses").getJsonObject(String.valueOf(status));
    }

    private static JsonObject examples(JsonObject response) {
        return response.getJsonObject("content", new JsonObject())
                .getJsonObject(JSON, new JsonObject())
                .getJsonObject("examples", new JsonObject());
    }

    private static JsonObject timeless(JsonObject json) {
        JsonObject timeless = json.copy();
        for (String name : List.copyOf(timeless.fieldNames())) {
            if (TIMES.contains(name)) timeless.remove(name);
            else if (timeless.getValue(name) instanceof JsonObject inner) timeless.put(name, timeless(inner));
        }
        return timeless;
    }

    private HttpResponse<String> send(TestRelay to, Case example, String header, String value) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.address() + example.path))
                .timeout(LIMIT)
                .header(header, value);
        String body = example.body == null ? null : example.body.encode();
        if (body != null) request.header("Content-Type", JSON);
        request.method(
                example.operation.getHttpMethod().name(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create(relay.address() + path)).timeout(LIMIT).build();
    }
}
