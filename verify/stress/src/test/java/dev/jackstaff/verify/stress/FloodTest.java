package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What a flood tells of calls that were made in a time, beside those that were left.
class FloodTest {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void a_call_that_still_waits_counts_with_the_time_it_has_had_and_only_in_the_time_in_which_it_was_made()
            throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread _ = Thread.ofVirtual().start(() -> serve(server));
            try (Flood flood = Flood.start(new Flood.Effort(
                    server.getLocalPort(), List.of(Question.get("/")), 1, 0, Duration.ofMinutes(1).toNanos(),
                    Integer.MAX_VALUE, 0))) {
                flood.pace(Double.POSITIVE_INFINITY);
                Flood.Outcome first = flood.during(0.1);
                assertThat(first.good()).isZero();
                assertThat(first.fresh().most()).isBetween(1.0, 1_000 * first.seconds());

                flood.pace(0);
                assertThat(flood.during(0.01).fresh().most()).isNaN();
                goOn.countDown();
                flood.rest();
                Flood.Outcome last = flood.count();
                assertThat(last.good() + last.late()).isLessThanOrEqualTo(1);
                assertThat(last.fresh().most()).isNaN();
                assertThat(last.findings()).isEmpty();
            }
        }
    }

    /// The first request is answered, each further one when the test says so.
    private void serve(ServerSocket server) {
        try (Socket first = server.accept()) {
            answer(first);
            try (Socket second = server.accept()) {
                int _ = second.getInputStream().read();
                goOn.await();
                second.getOutputStream().write(ANSWER);
                int _ = second.getInputStream().read(new byte[1 << 10]);
                while (second.getInputStream().read() >= 0) {}
            }
        } catch (IOException e) {
            if (!server.isClosed()) throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(Socket socket) throws IOException {
        int _ = socket.getInputStream().read();
        socket.getOutputStream().write(ANSWER);
        while (socket.getInputStream().read() >= 0) {}
    }
}
