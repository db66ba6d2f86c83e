package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.Route.PublicRoute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// T8 of the design for deadlines: half of the handlers never return, then all are let go. The permit belongs to the work
/// (I10), so there are never more workers than permits, and whatever needs no worker is answered all along.
class PermitsTest {
    private static final int PERMITS = 8, CLIENTS = 4, REQUESTS = 40;
    private static final Duration LIMIT = Duration.ofMillis(30);
    private static final Response DONE = Response.json(200, Body.adopting("{}\n".getBytes(StandardCharsets.UTF_8)));

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final Offload offload = new Offload(workers, PERMITS);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger(), atWork = new AtomicInteger(), mostAtWork =
            new AtomicInteger();

    @AfterEach
    void stop() {
        released.countDown();
        clients.shutdownNow();
        workers.close();
    }

    private Response handle() {
        mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        try {
            if (asked.incrementAndGet() % 2 == 0) released.await();
            return DONE;
        } catch (InterruptedException e) {
            throw new AssertionError("workers are not interrupted", e);
        } finally {
            atWork.decrementAndGet();
        }
    }

    @Test
    void there_are_never_more_workers_than_permits_and_all_come_home() throws Exception {
        try (Listener listener = open((_, _) -> handle())) {
            assertThat(ask(listener.port())).contains(503, 504).isSubsetOf(200, 503, 504);
            assertThat(offload.counts().free()).isZero();
            assertThat(mostAtWork).hasValue(PERMITS);
            released.countDown();
            await(() -> offload.counts().free() == PERMITS);
            Offload.Counts counts = offload.counts();
            assertThat(counts.started()).isEqualTo(counts.answered() + counts.failed() + counts.late());
            assertThat(counts.late()).isEqualTo(PERMITS);
            assertThat(atWork).hasValue(0);
            for (int i = 0; i < 2 * PERMITS; i++) assertThat(post(listener.port())).isEqualTo(200);
        }
        assertThat(mostAtWork).hasValue(PERMITS);
    }

    /// Planted: the handler runs in a thread of its own, and the worker that has the permit waits for it no longer than the
    /// answer does.
    @Test
    void a_permit_that_comes_home_with_the_answer_is_found() throws Exception {
        try (Listener listener = open((_, _) -> {
            Future<Response> answer = workers.submit(this::handle);
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!answer.isDone() && System.nanoTime() < end) LockSupport.parkNanos(1_000_000);
            if (answer.isDone()) return answer.resultNow();
            throw new TimeUpException();
        })) {
            assertThat(ask(listener.port())).isSubsetOf(200, 503, 504);
            assertThat(mostAtWork.get()).isGreaterThan(PERMITS);
        }
    }

    private Listener open(OffloadedHandler<AdminCall> handler) throws IOException {
        Listener.Setting setting = new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT)
                .within(Within.limit(LIMIT));
        List<Route> routes = List.of(
                new Route.AdminRoute("/admin/v1/work", offload, handler), new PublicRoute("/health", _ -> DONE));
        return Listener.open(setting, OpenGate.toNothing(), routes, List.of());
    }

    /// What all clients were answered; each asks after its own health, too.
    private List<Integer> ask(int port) throws Exception {
        List<Future<List<Integer>>> asking = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) asking.add(clients.submit(() -> {
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                answers.add(post(port));
                assertThat(RawClient.get(port, "/health").status()).isEqualTo(200);
            }
            return answers;
        }));
        List<Integer> answers = new ArrayList<>();
        for (Future<List<Integer>> client : asking) answers.addAll(client.get(60, TimeUnit.SECONDS));
        return answers;
    }

    private static int post(int port) throws IOException {
        return RawClient.post(port, "/admin/v1/work", "").status();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            Thread.onSpinWait();
        }
    }
}
