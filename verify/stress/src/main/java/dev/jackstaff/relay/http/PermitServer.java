package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.config.DeadlineConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The relay's listener with a route that waits, of whose handlers every second one does not return until all are let go.
public final class PermitServer implements AutoCloseable {
    public static final String WORK = "/admin/v1/work", HEALTH = "/health";

    private static final Duration LIMIT = Duration.ofMillis(30);
    private static final Response DONE = Response.json(200, Body.adopting("{}\n".getBytes(StandardCharsets.UTF_8)));

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Offload offload;
    private final int permits;
    private final Listener listener;
    private final AtomicInteger asked = new AtomicInteger(), atWork = new AtomicInteger(), mostAtWork =
            new AtomicInteger();
    private volatile CountDownLatch released = new CountDownLatch(1); // writer: who tests

    private PermitServer(int permits, boolean planted) throws IOException {
        this.permits = permits;
        offload = new Offload(workers, permits);
        Listener.Setting setting = new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT)
                .within(new Deadlines(new DeadlineConfig(
                        LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, Duration.ZERO, Duration.ZERO, List.of(), 1, true,
                        List.of())));
        OffloadedHandler<AdminCall> handler = planted ? (_, _) -> leftBehind() : (_, _) -> handle();
        listener = Listener.open(setting, new EveryoneIn(), List.of(
                new Route.AdminRoute(WORK, offload, handler), new Route.PublicRoute(HEALTH, _ -> DONE)), List.of());
    }

    /// @param planted whether handlers run in a thread of their own, and the worker with the permit waits no longer for it than
    ///                the answer does
    public static PermitServer open(int permits, boolean planted) throws IOException {
        return new PermitServer(permits, planted);
    }

    public int port() {
        return listener.port();
    }

    /// Lets all go, and those that come from here on wait for the next time.
    public void release() {
        CountDownLatch before = released;
        released = new CountDownLatch(1);
        before.countDown();
    }

    /// How many handlers ran at the same time, at most.
    public int mostAtWork() {
        return mostAtWork.get();
    }

    public int permitsOut() {
        return permits - offload.counts().free();
    }

    /// What does not hold at rest: I10 and I11.
    public List<String> imbalance() {
        List<String> findings = new ArrayList<>();
        Offload.Counts counts = offload.counts();
        if (counts.free() != permits || atWork.get() != 0) findings.add("not all are home: " + counts);
        long verdicts = counts.answered() + counts.failed() + counts.expired() + counts.gone() + counts.draining();
        if (counts.started() != verdicts) findings.add("started is not the sum of the verdicts: " + counts);
        if (counts.started() != counts.answered() + counts.failed() + counts.late())
            findings.add("each worker offers once, but not in " + counts);
        return findings;
    }

    private Response handle() {
        mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        try {
            if (asked.incrementAndGet() % 2 == 0) released.await();
            return DONE;
        } catch (InterruptedException e) {
            throw new IllegalStateException("workers are not interrupted", e);
        } finally {
            atWork.decrementAndGet();
        }
    }

    private Response leftBehind() {
        Future<Response> answer = workers.submit(this::handle);
        long begun = System.nanoTime();
        while (!answer.isDone() && System.nanoTime() - begun < LIMIT.toNanos()) LockSupport.parkNanos(1_000_000);
        if (answer.isDone()) return answer.resultNow();
        throw new TimeUpException();
    }

    @Override
    public void close() {
        listener.close();
        release();
        workers.close();
    }
}
