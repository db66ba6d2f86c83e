package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The short form of T18 of the design for deadlines, section 9: a server that stops at any moment answers whole what it
/// answers, and every effect is that of an answer.
class ShutdownTest {
    private static final int ROUNDS = 20, CLIENTS = 4;
    private static final Duration GRACE = Duration.ofMillis(40);
    private static final Response DONE = Response.json(200, Body.adopting("{}\n".getBytes(StandardCharsets.UTF_8)));

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Set<Integer> effects = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answered = new ConcurrentHashMap<>();
    private final Map<Integer, String> brokenOff = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    @AfterEach
    void stop() {
        released.countDown();
        clients.shutdownNow();
        workers.shutdown();
    }

    private List<Route> routes() {
        Offload offload = new Offload(workers, 256);
        return List.of(
                Route.FlagRoute.post("/v1/inline", Or::next, call -> effect(call.request())),
                new Route.AdminRoute("/admin/v1/soon", offload, (call, _) -> {
                    LockSupport.parkNanos(2_000_000);
                    return effect(call.request());
                }),
                new Route.AdminRoute("/admin/v1/never", offload, (call, _) -> {
                    await();
                    return effect(call.request());
                }));
    }

    private void await() {
        try {
            assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response effect(Request request) {
        int id = Integer.parseInt(new String(request.body().copy(), StandardCharsets.UTF_8));
        return DONE.entailing(() -> effects.add(id));
    }

    @Test
    void a_stop_at_any_moment_breaks_no_answer_off_and_loses_no_effect() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        Listener.Setting setting = new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT)
                .within(Within.limit(Duration.ofSeconds(30)));
        for (int round = 0; round < ROUNDS; round++) {
            Listener listener = Listener.open(setting, OpenGate.toNothing(), routes(), List.of());
            List<Future<?>> asking = ask(listener.port());
            LockSupport.parkNanos(random.nextLong(60_000_000));
            listener.close(GRACE);
            for (Future<?> client : asking) client.get(30, TimeUnit.SECONDS);
        }
        assertThat(brokenOff).isEmpty();
        assertThat(answered.values()).contains(200, 504).isSubsetOf(200, 503, 504);
        assertThat(effects).containsExactlyInAnyOrderElementsOf(answered.entrySet()
                .stream()
                .filter(entry -> entry.getValue() == 200)
                .map(Map.Entry::getKey)
                .toList());
    }

    /// Otherwise the test above proves nothing: a server that leaves in the middle of an answer.
    @Test
    void an_answer_that_is_broken_off_is_found_out() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Future<?> serving = workers.submit(() -> {
                for (int i = 0; i < CLIENTS; i++) try (Socket socket = server.accept()) {
                    assertThat(socket.getInputStream().read()).isPositive();
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
                }
                return null;
            });
            for (Future<?> client : ask(server.getLocalPort())) client.get(30, TimeUnit.SECONDS);
            serving.get(30, TimeUnit.SECONDS);
        }
        assertThat(brokenOff).isNotEmpty();
    }

    private List<Future<?>> ask(int port) {
        List<Future<?>> asking = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int seed = client;
            asking.add(clients.submit(() -> askUntilClosed(port, seed)));
        }
        return asking;
    }

    private void askUntilClosed(int port, int seed) {
        SplittableRandom random = new SplittableRandom(ids.get() + seed);
        try (RawClient client = new RawClient(port)) {
            while (askOnce(client, random)) Thread.onSpinWait();
        } catch (IOException closed) {
            // there is no server any more
        }
    }

    private boolean askOnce(RawClient client, SplittableRandom random) {
        int id = ids.getAndIncrement(), kind = random.nextInt(40);
        String path = kind == 0 ? "/admin/v1/never" : kind < 20 ? "/v1/inline" : "/admin/v1/soon";
        long before = client.received();
        try {
            Answer answer = client.send("POST", path, String.valueOf(id));
            answered.put(id, answer.status());
            if (!String.valueOf(answer.body().length()).equals(answer.header("content-length")))
                brokenOff.put(id, answer.toString());
            return !"close".equals(answer.header("connection"));
        } catch (IOException closed) {
            long bytes = client.received() - before;
            if (bytes > 0) brokenOff.put(id, bytes + " bytes");
            return false;
        }
    }
}
