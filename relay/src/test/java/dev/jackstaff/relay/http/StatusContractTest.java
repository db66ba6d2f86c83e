package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.Accounts.Outcome;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// T11 of the design for deadlines, I11, I20 and I21: a request that is answered 503 was not begun, and one that is answered 504
/// was. Handlers note the id of each request that they begin; afterwards the notes are compared with the answers.
class StatusContractTest {
    private static final Duration LIMIT = Duration.ofMillis(4);
    private static final int CLIENTS = 8, EACH = 60;

    /// Few, so that some find none.
    private static final int PERMITS = 4;

    private static final Response DONE =
            Response.json(200, Body.adopting("{}\n".getBytes(StandardCharsets.UTF_8)));

    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answered = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private @Nullable Accounts accounts;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    @AfterEach
    void stop() {
        clients.shutdownNow();
        workers.shutdown();
    }

    @Test
    void handlers_that_wait_keep_the_contract() throws Exception {
        ask(waiting(DONE), "/admin/v1/waits");
        assertThat(answered.values()).contains(200, 503, 504);
        assertThat(broken()).isEmpty();
        assertAccountsBalance();
    }

    @Test
    void handlers_that_the_event_loop_runs_keep_the_contract() throws Exception {
        ask(inline(), "/v1/inline");
        assertThat(answered.values()).contains(200, 503, 504);
        assertThat(broken()).isEmpty();
        assertAccountsBalance();
    }

    @Test
    void handlers_that_answer_in_slices_keep_the_contract() throws Exception {
        ask(sliced(), "/v1/sliced");
        assertThat(answered.values()).contains(200, 503, 504);
        assertThat(broken()).isEmpty();
        assertAccountsBalance();
    }

    /// I11: what was read was refused or begun, what was begun has a verdict, and each handler has ended in time or late.
    private void assertAccountsBalance() {
        long begunByAccount = counted(Outcome.ANSWER, Outcome.EXPIRED);
        assertThat(begunByAccount + counted(Outcome.REFUSED)).isEqualTo(answered.size());
        assertThat(begunByAccount).isEqualTo(begun.size());
        long late = accounts.late().stream().mapToLong(Accounts.Late::late).sum();
        assertThat(counted(Outcome.ANSWER) + late).isEqualTo(begunByAccount);
    }

    private long counted(Outcome... outcomes) {
        return accounts.lines()
                .stream()
                .filter(line -> List.of(outcomes).contains(line.outcome()))
                .mapToLong(Accounts.Line::requests)
                .sum();
    }

    /// Otherwise the tests above prove nothing: a handler that is begun and answers that nothing was done.
    @Test
    void a_503_after_the_start_is_found_out() throws Exception {
        ask(waiting(Response.empty(503)), "/admin/v1/waits");
        assertThat(broken()).anyMatch(line -> line.endsWith("was begun and answered 503"));
    }

    /// And somebody who says "time is up" for a handler that never ran, as a timeout in front of it would.
    @Test
    void a_504_without_a_start_is_found_out() throws Exception {
        ask(Route.FlagRoute.post("/v1/inline", Or::next, _ -> Response.empty(504)), "/v1/inline");
        assertThat(broken()).anyMatch(line -> line.endsWith("was not begun and answered 504"));
    }

    private Route waiting(Response answer) {
        return new Route.AdminRoute("/admin/v1/waits", new Offload(workers, PERMITS), (call, _) -> {
            work(call.request());
            return answer;
        });
    }

    private Route inline() {
        return Route.FlagRoute.post("/v1/inline", Or::next, call -> {
            work(call.request());
            return DONE;
        });
    }

    private Route sliced() {
        return Route.FlagRoute.bulk("/v1/sliced", Or::next, call -> {
            long end = begin(call.request());
            return _ -> System.nanoTime() - end < 0 ? null : DONE;
        });
    }

    private void work(Request request) {
        long end = begin(request);
        while (System.nanoTime() - end < 0) LockSupport.parkNanos(100_000);
    }

    /// @return when it shall end: now, or after twice the limit at most
    private long begin(Request request) {
        int id = Integer.parseInt(new String(request.body().copy(), StandardCharsets.UTF_8).strip());
        begun.add(id);
        return System.nanoTime() + new SplittableRandom(id).nextLong(2 * LIMIT.toNanos());
    }

    private void ask(Route route, String path) throws Exception {
        Listener.Setting setting =
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT).within(Within.limit(LIMIT));
        try (Listener listener = Listener.open(setting, OpenGate.toNothing(), List.of(route), List.of())) {
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) asking.add(clients.submit(() -> {
                askOneByOne(listener.port(), path);
                return null;
            }));
            for (Future<?> client : asking) client.get(60, TimeUnit.SECONDS);
            accounts = listener.accounts();
        }
        workers.shutdown();
        assertThat(workers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    /// Some send their body so late that the time is up before a handler could begin.
    private void askOneByOne(int port, String path) throws Exception {
        try (RawClient client = new RawClient(port)) {
            for (int i = 0; i < EACH; i++) {
                int id = ids.getAndIncrement();
                String body = String.valueOf(id);
                client.write("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n");
                if (id % 7 == 0) LockSupport.parkNanos(2 * LIMIT.toNanos());
                client.write(body);
                Answer answer = client.read();
                answered.put(id, answer.status());
                boolean ours = answer.status() == 503 && !answer.body().isEmpty();
                if (ours) assertThat(answer.header("retry-after")).isBetween("3", "7");
            }
        }
    }

    private List<String> broken() {
        return answered.entrySet()
                .stream()
                .filter(entry -> begun.contains(entry.getKey()) == (entry.getValue() == 503))
                .map(entry -> entry.getKey() + (begun.contains(entry.getKey()) ? " was begun" : " was not begun")
                        + " and answered " + entry.getValue())
                .toList();
    }
}
