package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A large batch waits for a worker; where too many do, it is refused, and what else is refused is read.
class RefusedBodiesTest {
    private static final int LARGE = Limits.DEFAULT.inlineBytes() + 1, SMALL = 100;
    private static final String BATCH = "/v1/batch", NOWHERE = "/v1/nowhere";

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Offload batches = new Offload(workers, 1, 1);
    private final Hold hold = new Hold();
    private Listener listener;

    @BeforeEach
    void open() throws IOException {
        listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT), OpenGate.toNothing(),
                List.of(Route.FlagRoute.batch(BATCH, Or::next, call -> handle(call.request()), batches)), List.of());
    }

    @AfterEach
    void close() {
        hold.release();
        listener.close();
        workers.close();
    }

    private Response handle(Request request) {
        if (request.body() == null || request.body().length() < LARGE) return Response.empty(200);
        hold.stay();
        return Response.empty(200);
    }

    private static String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    @Test
    void a_large_batch_waits_for_a_worker_and_is_refused_when_too_many_do() throws Exception {
        try (RawClient first = new RawClient(listener.port()); RawClient second = new RawClient(listener.port());
                RawClient third = new RawClient(listener.port()); RawClient small = new RawClient(listener.port())) {
            first.write(head(BATCH, LARGE) + "x".repeat(LARGE));
            hold.awaitBegun();
            second.write(head(BATCH, LARGE) + "x".repeat(LARGE));
            StreamFixture.await(() -> batches.counts().waiting() == 1);

            third.write(head(BATCH, LARGE) + "x".repeat(LARGE));
            RawClient.Answer refused = third.read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isNotNull();

            small.write(head(BATCH, SMALL) + "x".repeat(SMALL));
            assertThat(small.read().status()).isEqualTo(200);
            hold.release();
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(second.read().status()).isEqualTo(200);
        }
        assertThat(batches.counts().refused()).isEqualTo(1);
        assertThat(batches.counts().started()).isEqualTo(2);
        assertThat(batches.counts().waiting()).isZero();
    }

    @Test
    void a_large_batch_whose_caller_leaves_gives_its_place_up() throws Exception {
        try (RawClient first = new RawClient(listener.port())) {
            first.write(head(BATCH, LARGE) + "x".repeat(LARGE));
            hold.awaitBegun();
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                second.setSoLinger(true, 0); // a reset
                second.getOutputStream()
                        .write((head(BATCH, LARGE) + "x".repeat(LARGE)).getBytes(StandardCharsets.US_ASCII));
                StreamFixture.await(() -> batches.counts().waiting() == 1);
            }
            StreamFixture.await(() -> batches.counts().waiting() == 0);
            hold.release();
            assertThat(first.read().status()).isEqualTo(200);
        }
        assertThat(batches.counts().started()).isEqualTo(1);
        assertThat(batches.counts().unstarted()).isEqualTo(1);
        StreamFixture.await(() -> listener.bodies().held() == 0);
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
