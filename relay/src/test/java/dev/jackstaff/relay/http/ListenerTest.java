package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.relay.config.DeadlineConfig;
import dev.jackstaff.relay.http.RawClient.Answer;
import dev.jackstaff.formats.json.Body;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every route, over real sockets: `echo` answers with its body, `broken` throws, `slow` waits for the
/// test.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenerTest {
    private static final Limits LIMITS = new Limits(
            16 * 1024, 8 * 1024, 64 * 1024, 256 * 1024, 16 * 1024, 1 << 20, Duration.ofMillis(50), Duration.ZERO,
            PeerLimits.DEFAULT, StreamLimits.DEFAULT);
    private static final String VERSION = "x-gofeatureflag-version";

    private final LinkedBlockingQueue<Served> served = new LinkedBlockingQueue<>();
    private Listener listener;

    @BeforeAll
    void open() throws IOException {
        listener = open("1.2.3", false, List.of(served::add, ListenerTest::failingObserver));
    }

    @AfterAll
    void close() {
        listener.close();
    }

    private static Listener open(String version, boolean debug, List<Observer> observers, Route... more)
            throws IOException {
        return open(version, debug, observers, new Deadlines(DeadlineConfig.DEFAULT), more);
    }

    private static Listener open(
            String version, boolean debug, List<Observer> observers, Deadlines deadlines, Route... more)
            throws IOException {
        List<Route> routes = new ArrayList<>(List.of(
                new Route.PublicRoute("/health", _ -> Response.json(200, json("up"))),
                Route.FlagRoute.post("/v1/all", ListenerTest::echo, call -> Response.json(200, call.value())),
                Route.FlagRoute.post(
                        "/v1/feature/{flagKey}/eval",
                        Or::next,
                        call -> Response.json(200, json(call.request().flagKey()))),
                Route.FlagRoute.post(
                        "/ofrep/v1/{flagKey...}", Or::next, call -> Response.json(200, json(call.request().flagKey()))),
                Route.FlagRoute.post("/v1/broken", Or::next, ListenerTest::broken),
                Route.FlagRoute.post("/v1/deep", Or::next, _ -> deeper(0))));
        routes.addAll(List.of(more));
        return Listener.open(
                new Listener.Setting("127.0.0.1", 0, version, debug, LIMITS).within(deadlines), OpenGate.toNothing(),
                routes, observers);
    }

    private static Or<Body> echo(Request request) {
        return request.body() == null
                ? Or.refused(Response.error(400, "no body", request.style()))
                : Or.next(request.body());
    }

    private static Response broken(Decoded<Request> call) {
        throw new IllegalStateException("broken on purpose");
    }

    private static Response deeper(int depth) {
        return depth < 0 ? Response.empty(200) : deeper(depth + 1).with(Header.of(Header.ETAG, "y"));
    }

    private static void failingObserver(Served served) {
        throw new IllegalStateException("observers are powerless");
    }

    private static Body json(String text) {
        return Body.adopting(("\"" + text + "\"\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_answer_is_dressed() throws IOException {
        int port = listener.port();
        List<Answer> answers = List.of(
                RawClient.get(port, "/health"),
                RawClient.post(port, "/v1/all", "{}\n"),
                RawClient.post(port, "/health", "{}"),
                RawClient.get(port, "/nowhere"),
                RawClient.get(port, "/v1/%zz"),
                RawClient.post(port, "/v1/feature/%FF/eval", "{}"),
                RawClient.post(port, "/v1/all", "x".repeat(LIMITS.bodyBytes() + 1)),
                RawClient.post(port, "/v1/broken", "{}"),
                RawClient.post(port, "/v1/deep", "{}"));
        assertThat(answers).extracting(Answer::status).containsExactly(200, 200, 405, 404, 400, 400, 413, 500, 500);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.header(VERSION)).isEqualTo("1.2.3");
            assertThat(answer.all("vary")).containsExactly("Origin");
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            assertThat(answer.body()).endsWith("\n");
        });
    }

    @Test
    void a_page_of_another_origin_may_read_every_answer_and_its_validators() throws IOException {
        for (String path : List.of("/health", "/nowhere")) {
            Answer answer = RawClient.get(listener.port(), path, "Origin: https://a.example");
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(answer.header("access-control-expose-headers"))
                    .isEqualTo("ETag, Last-Modified, X-GOFEATUREFLAG-VERSION");
            assertThat(answer.header("access-control-allow-credentials")).isNull();
        }
        assertThat(RawClient.get(listener.port(), "/health", "Origin: ").header("access-control-allow-origin"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/v1/all", "/nowhere", "/"})
    void a_preflight_request_is_granted_on_any_path(String path) throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            Answer answer = client.send(
                    "OPTIONS", path, null, "Origin: null", "Access-Control-Request-Headers: authorization, x-a");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.all("vary"))
                    .containsExactlyInAnyOrder(
                            "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(answer.header("access-control-allow-methods")).isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
            assertThat(answer.header("access-control-allow-headers")).isEqualTo("authorization, x-a");
            assertThat(answer.header("allow")).isEqualTo(path.equals("/health") ? "OPTIONS, GET" : null);
            assertThat(answer.header("content-type")).isNull();
            assertThat(answer.header(VERSION)).isNull();
        }
    }

    @Test
    void options_without_origin_is_answered_empty() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            Answer answer = client.send("OPTIONS", "/v1/all", "{\"a\":1}");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.all("vary")).containsExactly("Origin");
            assertThat(answer.header("access-control-allow-methods")).isNull();
            assertThat(client.send("OPTIONS", "*", null).status()).isEqualTo(204);
        }
    }

    @Test
    void a_wrong_method_is_told_on_public_routes_and_is_no_route_elsewhere() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            for (String method : List.of("POST", "PUT", "PROPFIND", "FOO", "get")) {
                Answer answer = client.send(method, "/health", null);
                assertThat(answer.status()).isEqualTo(405);
                assertThat(answer.header("allow")).isEqualTo("OPTIONS, GET");
                assertThat(answer.body()).isEqualTo("{\"message\":\"Method Not Allowed\"}\n");
            }
            for (String method : List.of("GET", "DELETE", "post", "TRACE"))
                assertThat(client.send(method, "/v1/all", null).body()).isEqualTo("{\"message\":\"Not Found\"}\n");
        }
    }

    @Test
    void an_error_to_head_has_neither_body_nor_content_type() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            for (String path : List.of("/health", "/v1/all", "/nowhere")) {
                Answer answer = client.send("HEAD", path, null);
                assertThat(answer.status()).isEqualTo(path.equals("/health") ? 405 : 404);
                assertThat(answer.header("content-type")).isNull();
            }
            assertThat(client.send("GET", "/health", null).body()).isEqualTo("\"up\"\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/feature/a/eval, 200, a",
        "/v1/feature/ns:key/eval, 200, ns:key",
        "/v1/feature/ns%3Akey/eval, 200, ns:key",
        "/v1/feature/a%2Fb/eval, 200, a/b",
        "/v1/feature/%61%40%62/eval, 200, a@b",
        "/v1/feature/na%C3%AFve/eval, 200, naïve",
        "/v1/feature/naïve/eval, 200, naïve",
        "/v1/feature/a+b/eval, 200, a+b",
        "/v1/feature/a%2525/eval, 200, a%25",
        "/v1/feature//eval, 200, ''",
        "/v1/feature/a/b/eval, 404, ''",
        "/v1/feature/a/eval/, 404, ''",
        "/v1/feature/a/EVAL, 404, ''",
        "/v1//feature/a/eval, 404, ''",
        "/%76%31/feature/a/eval, 404, ''",
        "/ofrep/v1/a, 200, a",
        "/ofrep/v1/a/b/c, 200, a/b/c",
        "/ofrep/v1/a/, 200, a/",
        "/ofrep/v1//a, 200, /a",
        "/ofrep/v1/a%2F%2Fb, 200, a//b",
        "/ofrep/v1/a?x=1, 200, a",
        "http://relay.example/ofrep/v1/a, 200, a",
        "/ofrep/v1/, 404, ''",
        "/v1/feature/%FF/eval, 400, ''",
        "/ofrep/v1/a%zz, 400, ''",
        "/ofrep/v1/a%, 400, ''",
    })
    void the_key_in_the_path_is_decoded_exactly_once(String path, int status, String key) throws IOException {
        Answer answer = RawClient.post(listener.port(), path, "{}");
        assertThat(answer.status()).isEqualTo(status);
        if (status == 200) assertThat(answer.body()).isEqualTo("\"" + key + "\"\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere?pretty, true",
        "/nowhere?a=1&pretty=false, true",
        "/nowhere?p%72etty, true",
        "/nowhere?%zz&pretty, true",
        "/nowhere?Pretty, false",
        "/nowhere?prett, false",
        "/nowhere?pretty;a=1, false",
        "/nowhere?pretty=%zz, false",
        "/nowhere?pretty[]=1, false",
        "/nowhere?, false",
    })
    void the_parameter_pretty_indents_errors_too(String path, boolean pretty) throws IOException {
        assertThat(RawClient.get(listener.port(), path).body())
                .isEqualTo(pretty ? "{\n  \"message\": \"Not Found\"\n}\n" : "{\"message\":\"Not Found\"}\n");
    }

    @Test
    void debug_style_indents_everything_and_explains_errors() throws IOException {
        try (Listener debug = open("1", true, List.of())) {
            assertThat(RawClient.get(debug.port(), "/nowhere").body())
                    .isEqualTo("{\n  \"error\": \"code=404, message=Not Found\",\n  \"message\": \"Not Found\"\n}\n");
        }
    }

    @Test
    void a_body_may_come_in_pieces_and_chunks() throws Exception {
        try (RawClient client = new RawClient(listener.port())) {
            client.write("POST /v1/all HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n");
            client.write("4\r\n\":1}\r\n0\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("{\"a\":1}");
            client.write("POST /v1/all HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
            client.write("cd");
            assertThat(client.read().body()).isEqualTo("abcd");
            client.write("POST /v1/all HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            assertThat(client.read().status()).as("a chunked body of zero bytes is a body").isEqualTo(200);
            client.write("POST /v1/all HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("{\"message\":\"no body\"}\n");
        }
    }

    @Test
    void requests_that_are_sent_at_once_are_answered_in_order() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            StringBuilder pipelined = new StringBuilder();
            for (int i = 0; i < 50; i++)
                pipelined.append("POST /ofrep/v1/f")
                        .append(i)
                        .append(" HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
            client.write(pipelined.toString());
            for (int i = 0; i < 50; i++) assertThat(client.read().body()).isEqualTo("\"f" + i + "\"\n");
        }
    }

    @Test
    void a_body_that_is_not_wanted_does_not_spoil_the_connection() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            assertThat(client.send("POST", "/nowhere", "x".repeat(20_000)).status()).isEqualTo(404);
            assertThat(client.send("GET", "/health", "ignored").status()).isEqualTo(200);
            assertThat(client.send("GET", "/health", null).status()).isEqualTo(200);
        }
    }

    /// R-D12.
    @Test
    void a_body_over_the_limit_is_refused_declared_or_not_and_the_connection_ends() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.write("POST /v1/all HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n");
            Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}\n");
            assertThat(answer.header("connection")).isEqualTo("close");
        }
        try (RawClient client = new RawClient(listener.port())) {
            client.write("POST /v1/all HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n");
            client.write("x".repeat(65_537) + "\r\n");
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(RawClient.post(listener.port(), "/v1/all", "x".repeat(LIMITS.bodyBytes())).status()).isEqualTo(200);
    }

    @Test
    void what_is_no_http_is_refused_and_the_connection_ends() throws IOException {
        for (String request : List.of(
                "GARBAGE\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST /v1/all HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
            try (RawClient client = new RawClient(listener.port())) {
                client.write(request);
                assertThat(client.read().status()).as(request).isIn(400, 404);
            }
        }
        assertThat(RawClient.get(listener.port(), "/health", "X-Pad: " + "a".repeat(15_000)).status()).isEqualTo(200);
        Answer tooLarge = RawClient.get(listener.port(), "/health", "X-Pad: " + "a".repeat(40_000));
        assertThat(tooLarge.status()).isEqualTo(431);
        assertThat(tooLarge.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(RawClient.get(listener.port(), "/" + "a".repeat(9_000)).status()).isEqualTo(414);
    }

    @Test
    void http_1_1_without_host_is_refused() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.write("GET /health HTTP/1.1\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(400);
        }
        try (RawClient client = new RawClient(listener.port())) {
            client.write("GET /health HTTP/1.0\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_that_asks_before_it_sends_is_told_to_go_on() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.write("POST /v1/all HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            client.write("{}");
            assertThat(client.read().body()).isEqualTo("{}");
        }
    }

    @Test
    void a_handler_that_throws_costs_one_500_and_not_the_connection() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            Answer answer = client.send("POST", "/v1/broken", "{}");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}\n");
            assertThat(client.send("POST", "/v1/deep", "{}").status()).isEqualTo(500);
            assertThat(client.send("GET", "/health", null).status()).isEqualTo(200);
        }
    }

    @Test
    void an_observer_sees_what_was_written() throws Exception {
        served.clear();
        RawClient.post(listener.port(), "/v1/feature/a/eval", "{}");
        Served seen = served.poll(10, TimeUnit.SECONDS);
        assertThat(seen).isNotNull();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.place().template()).isEqualTo("/v1/feature/{flagKey}/eval");
        assertThat(seen.reached()).isTrue();
        assertThat(seen.flagKey()).isEqualTo("a");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.requestBytes()).isEqualTo(2);
        assertThat(seen.responseBytes()).isEqualTo(4);
        RawClient.get(listener.port(), "/nowhere/secret");
        Served nowhere = served.poll(10, TimeUnit.SECONDS);
        assertThat(nowhere.place().template()).as("an unknown path is no label").isEqualTo("/*");
        assertThat(nowhere.reached()).isFalse();
    }

    @Test
    void without_a_version_there_is_no_version_header() throws IOException {
        try (Listener quiet =
                Listener.open(new Listener.Setting("127.0.0.1", 0, null, false, LIMITS), null, List.of(), List.of())) {
            assertThat(RawClient.get(quiet.port(), "/nowhere").header(VERSION)).isNull();
        }
    }

    @Test
    void a_port_that_is_taken_is_an_error_that_names_it() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Listener.open(
                    new Listener.Setting("0.0.0.0", port, null, false, LIMITS), null, List.of(), List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 0.0.0.0:" + port);
        }
    }

    @Test
    void closing_lets_a_request_under_way_finish_and_refuses_new_connections() throws Exception {
        CountDownLatch handling = new CountDownLatch(1), released = new CountDownLatch(1);
        Route.FlagRoute<Request> slow = Route.FlagRoute.post("/v1/slow", Or::next, _ -> {
            handling.countDown();
            awaitUninterruptibly(released);
            return Response.json(200, json("done"));
        });
        Listener closing = open("1", false, List.of(), slow);
        try (RawClient client = new RawClient(closing.port());
                RawClient idle = new RawClient(closing.port())) {
            assertThat(idle.send("GET", "/health", null).status()).isEqualTo(200);
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.send("POST", "/v1/slow", "{}");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(handling.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(closing::close);
            released.countDown();
            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("\"done\"\n");
            closed.get(10, TimeUnit.SECONDS);
            assertThat(idle.isClosedByServer()).isTrue();
            assertThatThrownBy(() -> new RawClient(closing.port())).isInstanceOf(IOException.class);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Requests that wait: one that takes too long, one that is refused meanwhile, one whose caller leaves.
    @Test
    void a_handler_that_takes_too_long_costs_one_504_and_touches_nothing_afterwards() throws Exception {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Offload offload = new Offload(workers, 1);
            LinkedBlockingQueue<CountDownLatch> held = new LinkedBlockingQueue<>();
            Route.AdminRoute slow = new Route.AdminRoute("/admin/v1/slow", offload, (_, _) -> {
                CountDownLatch released = new CountDownLatch(1);
                held.add(released);
                awaitUninterruptibly(released);
                return Response.json(200, json("too late"));
            });
            try (Listener listener = open("1", false, List.of(), Within.limit(Duration.ofMillis(200)), slow);
                    RawClient client = new RawClient(listener.port())) {
                Answer late = client.send("POST", "/admin/v1/slow", "{}");
                assertThat(late.status()).isEqualTo(504);
                assertThat(late.body()).isEqualTo("{\"message\":\"Gateway Timeout\"}\n");
                Answer refused = client.send("POST", "/admin/v1/slow", null);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isBetween("3", "7");
                held.poll(10, TimeUnit.SECONDS).countDown();
                awaitCount(offload, counts -> counts.free() == 1);
                assertThat(client.send("POST", "/v1/all", "{}").body()).as("the same connection").isEqualTo("{}");
                RawClient leaving = new RawClient(listener.port());
                leaving.write("POST /admin/v1/slow HTTP/1.1\r\nHost: a\r\n\r\n");
                CountDownLatch released = held.poll(10, TimeUnit.SECONDS);
                leaving.close();
                awaitCount(offload, counts -> counts.gone() + counts.expired() == 2);
                released.countDown();
                awaitCount(offload, counts -> counts.late() == 2 && counts.free() == 1);
            }
        }
    }

    /// I9 over real sockets: each request carries an id, and has an effect exactly if its answer is the handler's.
    @Test
    void an_effect_happens_exactly_where_its_answer_was_written() throws Exception {
        int requests = 1_000;
        AtomicIntegerArray effects = new AtomicIntegerArray(requests);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Offload offload = new Offload(workers, 64);
            Route.AdminRoute race = new Route.AdminRoute("/admin/v1/race", offload, (call, waiting) -> {
                int id = id(call.request());
                if (id % 100 == 0) throw new IllegalStateException("on purpose");
                while (id % 2 == 0 && !waiting.left().isZero() && !waiting.isOver()) LockSupport.parkNanos(1_000);
                return Response.json(200, json("done")).entailing(() -> effects.incrementAndGet(id));
            });
            Route.FlagRoute<Integer> inline = Route.FlagRoute.post(
                    "/v1/inline", request -> Or.next(id(request)), call -> Response.json(200, json("done"))
                            .entailing(() -> {
                                effects.incrementAndGet(call.value());
                                if (call.value() < 20) throw new IllegalStateException("on purpose, after the effect");
                            }));
            try (Listener listener = open("1", false, List.of(), Within.limit(Duration.ofMillis(4)), race, inline);
                    RawClient client = new RawClient(listener.port())) {
                Map<Integer, Integer> statuses = new HashMap<>();
                for (int id = 0; id < requests; id++) {
                    String path = id % 5 == 1 ? "/v1/inline" : "/admin/v1/race";
                    int status = client.send("POST", path, String.valueOf(id)).status();
                    statuses.merge(status, 1, Integer::sum);
                    assertThat(effects.get(id)).as(id + " was answered " + status).isEqualTo(status == 200 ? 1 : 0);
                }
                assertThat(statuses.keySet()).contains(200, 500, 504).isSubsetOf(200, 500, 503, 504);
                awaitCount(offload, counts -> counts.free() == 64);
                for (int id = 0; id < requests; id++) assertThat(effects.get(id)).isLessThanOrEqualTo(1);
            }
        }
    }

    private static int id(Request request) {
        return Integer.parseInt(new String(request.body().copy(), StandardCharsets.UTF_8));
    }

    private static void awaitCount(Offload offload, Predicate<Offload.Counts> condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.test(offload.counts()))
            assertThat(Instant.now()).as(offload.counts().toString()).isBefore(end);
    }
}
