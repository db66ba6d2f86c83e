package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a server ends (section 9 of the design for deadlines) that would wait for its last request for an hour here.
class EndTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Listener.Setting SETTING =
            new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT).within(Within.limit(HOUR));
    private static final Response DONE = Response.json(200, Body.adopting("{}\n".getBytes(StandardCharsets.UTF_8)));

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch begun = new CountDownLatch(1), released = new CountDownLatch(1);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        released.countDown();
        workers.close();
    }

    private Listener open() throws Exception {
        return open(SETTING);
    }

    private Listener open(Listener.Setting setting) throws Exception {
        Route waits = new Route.AdminRoute("/admin/v1/waits", new Offload(workers, 4), (_, _) -> {
            begun.countDown();
            await(released);
            return DONE;
        });
        return Listener.open(
                setting, OpenGate.toNothing(), List.of(waits, Route.FlagRoute.post("/v1/at-once", Or::next, _ -> DONE)),
                List.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("workers are not interrupted", e);
        }
    }

    @Test
    void told_again_to_stop_it_answers_who_waits_for_a_worker_and_leaves_who_has_not_asked_to_the_end()
            throws Exception {
        Listener listener = open();
        try (RawClient waiting = new RawClient(listener.port()); RawClient halfway = new RawClient(listener.port())) {
            halfway.write("POST /v1/at-once HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(halfway.read().status()).isEqualTo(100);
            Future<Integer> answer = workers.submit(() -> waiting.send("POST", "/admin/v1/waits", "").status());
            await(begun);
            Future<?> closing = workers.submit(() -> listener.close(HOUR));
            assertThat(closing.isDone()).isFalse();
            listener.hurry();
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(504);
            closing.get(60, TimeUnit.SECONDS);
            assertThat(halfway.isClosedByServer()).isTrue();
        }
    }

    /// The library tells connections of the end that it knows; one that is still shaking hands it does not.
    @Test
    void a_connection_that_is_made_meanwhile_is_not_served() throws Exception {
        Identity identity = Identity.in(folder, "server");
        SSLContext tls = identity.trustedBy(null);
        Listener listener = open(SETTING.over(identity.server()));
        try (RawClient waiting = RawClient.over(tls, listener.port());
                RawClient idle = RawClient.over(tls, listener.port());
                Socket late = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            late.setSoTimeout(20_000);
            assertThat(idle.send("POST", "/v1/at-once", "{}").status()).isEqualTo(200);
            Future<Integer> answer = workers.submit(() -> waiting.send("POST", "/admin/v1/waits", "").status());
            await(begun);
            Future<?> closing = workers.submit(() -> listener.close(HOUR));
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(isServed(tls, late)).isFalse();
            released.countDown();
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
            closing.get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean isServed(SSLContext tls, Socket plain) {
        try (Socket socket = tls.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true)) {
            socket.getOutputStream()
                    .write("POST /v1/at-once HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void it_may_be_told_so_before_it_closes_and_after() throws Exception {
        Listener listener = open();
        try (RawClient client = new RawClient(listener.port())) {
            listener.hurry();
            assertThat(client.send("POST", "/v1/at-once", "{}").status()).isEqualTo(200);
            listener.close(HOUR);
            assertThat(client.isClosedByServer()).isTrue();
        }
        listener.hurry();
    }
}
