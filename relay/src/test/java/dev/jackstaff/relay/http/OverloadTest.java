package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.http.Accounts.Outcome;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The short form of T16 of the design for deadlines: a server with more to do than it can, over sockets. How fast it is does
/// not matter here: requests wait for one another, and that is too long.
class OverloadTest {
    private static final int CALLERS = 64, LEAST_REFUSED = 50;
    private static final Duration WORK = Duration.ofMillis(2);

    private final AtomicInteger worked = new AtomicInteger(), refusals = new AtomicInteger();
    private final Set<String> waits = ConcurrentHashMap.newKeySet(); // that callers were told
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private Listener listener;

    @AfterEach
    void close() {
        callers.shutdownNow();
        listener.close();
    }

    private int open(Duration queue) throws IOException {
        List<Route> routes = List.of(
                new Route.PublicRoute("/health", _ -> Response.empty(200)),
                Route.FlagRoute.post("/v1/bulk", RouteClass.BULK, Or::next, this::work));
        listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, "1.2.3", false, Limits.DEFAULT.withQueue(queue))
                        .within(Within.limit(Duration.ofSeconds(60))),
                OpenGate.toNothing(), routes, List.of());
        return listener.port();
    }

    private Response work(Decoded<Request> call) {
        long end = System.nanoTime() + WORK.toNanos();
        while (System.nanoTime() < end) Thread.onSpinWait();
        return Response.text(200, "" + worked.incrementAndGet());
    }

    private List<Future<Integer>> flood(int port, int most) {
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) all.add(callers.submit(() -> {
            int answered = 0;
            try (RawClient client = new RawClient(port)) {
                for (int asked = 0; refusals.get() < LEAST_REFUSED && asked < most; asked++) {
                    Answer answer = client.send("POST", "/v1/bulk", "1234");
                    if (answer.status() == 200) {
                        answered++;
                    } else {
                        assertThat(answer.status()).isEqualTo(503);
                        assertThat(answer.header("retry-after")).isBetween("3", "7");
                        waits.add(answer.header("retry-after"));
                        assertThat(answer.header("x-gofeatureflag-version")).as("dressed").isEqualTo("1.2.3");
                        assertThat(answer.body()).isEqualTo("{\"message\":\"there is too much to do\"}\n");
                        refusals.incrementAndGet();
                    }
                }
            }
            return answered;
        }));
        return all;
    }

    /// I20, I11.
    @Test
    void what_is_refused_has_done_nothing_and_probes_are_answered_all_along() throws Exception {
        int port = open(Duration.ofMillis(1));
        List<Future<Integer>> all = flood(port, Integer.MAX_VALUE);
        try (RawClient probe = new RawClient(port)) {
            while (refusals.get() < LEAST_REFUSED)
                assertThat(probe.send("GET", "/health", null).status()).isEqualTo(200);
        }
        int answered = 0;
        for (Future<Integer> one : all) answered += one.get();
        assertThat(waits).as("they do not all come back together").hasSizeGreaterThan(1);
        assertThat(worked).hasValue(answered);
        AdmissionCounts counts = listener.admission();
        assertThat(counts.refused()).containsEntry(RequestClass.BULK, (long) refusals.get());
        assertThat(counts.refused().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(refusals.get());
        assertThat(requests(Outcome.REFUSED, 503)).isEqualTo(refusals.get());
        assertThat(requests(Outcome.ANSWER, 200)).isGreaterThan(answered);
        assertThat(counts.waits().counts().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(listener.accounts().lines().stream().mapToLong(Accounts.Line::requests).sum());
    }

    /// Planted: no limit. Otherwise the test above would find refusals whatever the limit does.
    @Test
    void without_a_limit_all_are_answered_however_long_they_wait() throws Exception {
        int port = open(Duration.ZERO);
        int answered = 0;
        for (Future<Integer> one : flood(port, 20)) answered += one.get();
        assertThat(answered).isEqualTo(CALLERS * 20);
        assertThat(worked).hasValue(answered);
    }

    private long requests(Outcome outcome, int status) {
        return listener.accounts()
                .lines()
                .stream()
                .filter(line -> line.outcome() == outcome && line.status() == status)
                .mapToLong(Accounts.Line::requests)
                .sum();
    }
}
