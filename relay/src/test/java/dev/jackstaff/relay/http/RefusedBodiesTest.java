package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where there is too much to do, a large body is not waited for: it is refused, and its connection is closed.
class RefusedBodiesTest {
    private static final int LARGE = Limits.DEFAULT.inlineBytes() + 1, SMALL = 100;
    private static final String BATCH = "/v1/batch", NOWHERE = "/v1/nowhere";

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Offload batches = new Offload(workers, 1);
    private final CountDownLatch begun = new CountDownLatch(1), released = new CountDownLatch(1);
    private Listener listener;

    @BeforeEach
    void open() throws IOException {
        listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT), OpenGate.toNothing(),
                List.of(Route.FlagRoute.batch(BATCH, Or::next, call -> handle(call.request()), batches)), List.of());
    }

    @AfterEach
    void close() {
        released.countDown();
        listener.close();
        workers.close();
    }

    private Response handle(Request request) {
        if (request.body() == null || request.body().length() < LARGE) return Response.empty(200);
        begun.countDown();
        try {
            assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("workers are not interrupted", e);
        }
        return Response.empty(200);
    }

    private static String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    @Test
    void a_large_batch_is_refused_before_its_body_when_no_worker_is_free() throws Exception {
        try (RawClient first = new RawClient(listener.port()); RawClient second = new RawClient(listener.port());
                RawClient small = new RawClient(listener.port())) {
            first.write(head(BATCH, LARGE) + "x".repeat(LARGE));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

            second.write(head(BATCH, LARGE)); // and nothing else
            RawClient.Answer refused = second.read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.all("connection")).containsExactly("close");
            assertThat(refused.header("retry-after")).isNotNull();

            small.write(head(BATCH, SMALL) + "x".repeat(SMALL));
            assertThat(small.read().status()).isEqualTo(200);
            released.countDown();
            assertThat(first.read().status()).isEqualTo(200);
        }
        while (listener.connections().ended(ConnectionEnd.REFUSED) == 0) Thread.onSpinWait();
        assertThat(batches.counts().refused()).isEqualTo(1);
        assertThat(batches.counts().started()).isEqualTo(1);
    }

    @Test
    void whatever_else_is_refused_is_read_and_its_connection_goes_on() throws Exception {
        try (RawClient client = new RawClient(listener.port())) {
            for (int length : List.of(SMALL, LARGE, SMALL)) {
                client.write(head(NOWHERE, length) + "x".repeat(length));
                RawClient.Answer refused = client.read();
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.all("connection")).isEmpty();
            }
        }
    }
}
