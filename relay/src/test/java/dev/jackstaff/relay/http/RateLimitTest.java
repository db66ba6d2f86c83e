package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.config.RequestRate;
import dev.jackstaff.relay.http.Accounts.Outcome;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// I11, I18 and I20 of the design for deadlines, for callers that ask too often: they are told so, and nothing was done.
class RateLimitTest {
    private static final Response DONE = Response.json(200, Body.adopting("{}\n".getBytes(StandardCharsets.UTF_8)));
    private static final String METERED = "X-API-Key: metered", OTHER = "X-API-Key: other";

    private final FakeTicker ticker = new FakeTicker();
    private final TokenBucket bucket = new TokenBucket(new RequestRate(0.5, 2), ticker);
    private final AtomicInteger begun = new AtomicInteger();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private Listener listener;
    private RawClient client;

    /// One key has a quota.
    private record Gate(OpenGate open, Quota quota) implements Gatekeeper {
        @Override
        public Or<Client> client(Credentials credentials, Style style) {
            return open.client(credentials, style)
                    .then(it -> Or.next(
                            "metered".equals(credentials.apiKey()) ? new Client(it.flagSet(), quota) : it));
        }

        @Override
        public Or<Pass> subscriber(Credentials credentials, Style style) {
            return open.subscriber(credentials, style);
        }

        @Override
        public Or<Administrator> administrator(Credentials credentials, Style style) {
            return open.administrator(credentials, style);
        }
    }

    @BeforeEach
    void open() throws IOException {
        Offload offload = new Offload(workers, 4);
        List<Route> routes = List.of(
                new Route.PublicRoute("/health", _ -> DONE),
                Route.FlagRoute.post("/v1/one", RouteClass.EVALUATE, Or::next, _ -> begin()),
                Route.FlagRoute.post("/v1/all", RouteClass.BULK, Or::next, _ -> begin()),
                Route.FlagRoute.get("/v1/get", Or::next, _ -> begin()),
                Route.FlagRoute.batch("/v1/batch", Or::next, _ -> begin(), offload),
                new Route.AdminRoute("/admin/v1/act", offload, (_, _) -> begin()));
        listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, "1.2.3", false, Limits.DEFAULT),
                new Gate(OpenGate.toNothing(), bucket), routes, List.of());
        client = new RawClient(listener.port());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        listener.close();
        workers.close();
    }

    private Response begin() {
        begun.incrementAndGet();
        return DONE;
    }

    private Answer ask(String method, String path, @Nullable String body, String... headers) throws IOException {
        return client.send(method, path, body, headers);
    }

    private void spend() throws IOException {
        for (int i = 0; i < 2; i++) assertThat(ask("POST", "/v1/one", "{}", METERED).status()).isEqualTo(200);
    }

    @Test
    void who_asks_too_often_is_told_when_to_come_back_and_no_handler_runs() throws IOException {
        spend();
        for (String path : List.of("/v1/one", "/v1/all", "/v1/batch")) {
            Answer answer = ask("POST", path, "{}", METERED, "Origin: https://a.example");
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body()).isEqualTo("{\"message\":\"Too Many Requests\"}\n");
            assertThat(answer.header("retry-after")).isEqualTo("2");
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(answer.header("x-gofeatureflag-version")).isEqualTo("1.2.3");
        }
        assertThat(ask("GET", "/v1/get", null, METERED).status()).isEqualTo(429);
        ticker.advance(Duration.ofMillis(500));
        assertThat(ask("POST", "/v1/one", "{}", METERED).header("retry-after")).as("rounded up").isEqualTo("2");
        ticker.advance(Duration.ofMillis(501));
        assertThat(ask("POST", "/v1/one", "{}", METERED).header("retry-after")).isEqualTo("1");
        assertThat(begun).hasValue(2);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(ask("POST", "/v1/one", "{}", METERED).status()).as("on the same connection").isEqualTo(200);
        assertThat(begun).hasValue(3);
    }

    @Test
    void nobody_else_is_limited_and_neither_is_what_asks_for_no_flags() throws IOException {
        spend();
        assertThat(ask("POST", "/v1/one", "{}", OTHER).status()).isEqualTo(200);
        assertThat(ask("POST", "/v1/one", "{}").status()).isEqualTo(200);
        assertThat(ask("GET", "/health", null, METERED).status()).isEqualTo(200);
        assertThat(ask("POST", "/admin/v1/act", "", METERED).status()).isEqualTo(200);
        assertThat(ask("OPTIONS", "/v1/one", null, METERED).status()).isEqualTo(204);
        assertThat(ask("POST", "/v1/none", "{}", METERED).status()).isEqualTo(404);
    }

    @Test
    void a_path_that_does_not_exist_costs_nothing() throws IOException {
        for (int i = 0; i < 5; i++) assertThat(ask("POST", "/v1/none", "{}", METERED).status()).isEqualTo(404);
        spend();
    }

    @Test
    void each_refusal_is_in_the_accounts() throws IOException {
        spend();
        for (String path : List.of("/v1/one", "/v1/one", "/v1/all", "/v1/batch"))
            assertThat(ask("POST", path, "{}", METERED).status()).isEqualTo(429);
        Accounts accounts = listener.accounts();
        assertThat(accounts.lines()).containsExactlyInAnyOrder(
                new Accounts.Line("/v1/one", Outcome.ANSWER, 200, 2),
                new Accounts.Line("/v1/one", Outcome.REFUSED, 429, 2),
                new Accounts.Line("/v1/all", Outcome.REFUSED, 429, 1),
                new Accounts.Line("/v1/batch", Outcome.REFUSED, 429, 1));
        assertThat(accounts.refusedOverRate(RouteClass.EVALUATE)).isEqualTo(2);
        assertThat(accounts.refusedOverRate(RouteClass.BULK)).isEqualTo(1);
        assertThat(accounts.refusedOverRate(RouteClass.COLLECTOR)).isEqualTo(1);
        assertThat(accounts.refusedOverRate(RouteClass.OTHER)).isZero();
    }
}
