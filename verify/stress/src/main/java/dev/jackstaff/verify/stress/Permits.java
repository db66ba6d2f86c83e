package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.PermitServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// The long form of T8: half of the handlers never return, then all are let go; again and again. There are never more workers
/// than permits, all are home at the end, and health is answered within 50 ms all along.
final class Permits {
    private static final int PERMITS = 64, CLIENTS = 16, REQUESTS = 200, PATIENCE_SECONDS = 60;
    private static final long PAUSE = 5_000_000, HEALTH = 50_000_000;
    private static final Set<Integer> ANSWERS = Set.of(200, 503, 504);

    private final PermitServer server;
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final AtomicLong requests = new AtomicLong(), probes = new AtomicLong(), slowest = new AtomicLong();
    private volatile boolean isOver; // writer: run

    private Permits(PermitServer server) {
        this.server = server;
    }

    /// @return 1 when something was found that must not be, or what was planted was not
    static int run(int rounds, PrintStream out) throws IOException {
        try (PermitServer planted = PermitServer.open(PERMITS, true)) {
            if (new Permits(planted).findings(1).stream().noneMatch(it -> it.contains("at work"))) {
                out.println("handlers that are left behind were not found");
                return 1;
            }
        }
        try (PermitServer server = PermitServer.open(PERMITS, false)) {
            Permits run = new Permits(server);
            List<String> findings = run.findings(rounds);
            out.printf(Locale.ROOT,
                    "%,d requests in %,d rounds, %d handlers at work at most with %d permits; health was asked for"
                            + " %,d times and answered within %.1f ms %s%n",
                    run.requests.get(), rounds, server.mostAtWork(), PERMITS,
                    run.probes.get(), run.slowest.get() / 1e6, findings);
            return findings.isEmpty() ? 0 : 1;
        }
    }

    private List<String> findings(int rounds) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> probing = threads.submit(this::probe);
            for (int round = 0; round < rounds && findings.isEmpty(); round++) round(threads);
            isOver = true;
            end(probing);
        }
        if (server.mostAtWork() > PERMITS) findings.add(server.mostAtWork() + " handlers at work");
        if (slowest.get() >= HEALTH) findings.add("health was answered after " + slowest.get() / 1e6 + " ms");
        return List.copyOf(findings);
    }

    /// Until every permit is out and long after, and until all are home.
    private void round(ExecutorService threads) {
        List<Future<?>> asking = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) asking.add(threads.submit(this::ask));
        asking.forEach(this::end);
        if (server.permitsOut() != PERMITS) findings.add(server.permitsOut() + " permits are out");
        server.release();
        long begun = System.nanoTime();
        while (!server.imbalance().isEmpty() && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))
            LockSupport.parkNanos(1_000_000);
        findings.addAll(server.imbalance());
    }

    private void end(Future<?> task) {
        try {
            task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            findings.add("a client did not end: " + e);
        }
    }

    private boolean ask() throws IOException {
        try (Connection connection = Connection.to(server.port())) {
            for (int i = 0; i < REQUESTS; i++) {
                connection.send("POST " + PermitServer.WORK + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                int status = statusOf(connection.answer());
                requests.incrementAndGet();
                if (!ANSWERS.contains(status)) findings.add("answered " + status);
            }
        }
        return true;
    }

    private boolean probe() throws IOException {
        try (Connection connection = Connection.to(server.port())) {
            while (!isOver) {
                long begun = System.nanoTime();
                connection.send("GET " + PermitServer.HEALTH + " HTTP/1.1\r\nHost: a\r\n\r\n");
                if (statusOf(connection.answer()) != 200) findings.add("not well");
                slowest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                probes.incrementAndGet();
                LockSupport.parkNanos(PAUSE);
            }
        }
        return true;
    }

    private static int statusOf(String answer) {
        return Integer.parseInt(answer, "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
    }
}
