package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The quick form of `verify/stress/run streams`.
class StreamsTest {
    /// A payload for each subscriber, kept, would be three times as much.
    private static final long HERD_KIB = 256;

    @TempDir
    Path folder;

    @Test
    void every_healthy_subscriber_hears_every_change_whatever_others_do_and_a_herd_leaves_no_heap_behind()
            throws Exception {
        Streams.Outcome outcome =
                Streams.run(folder, new Streams.Effort(300, 60, Duration.ofMillis(100), 0.03, 0.03, 40));
        assertThat(outcome.findings()).as(outcome.toString()).isEmpty();
        assertThat(outcome.cameAgain()).as(outcome.toString()).isPositive();
        assertThat(outcome.missed()).as(outcome.toString()).isZero();
        assertThat(outcome.lost()).as(outcome.toString()).isZero();
        assertThat(outcome.herd()).as(outcome.toString()).isLessThan(HERD_KIB);
    }

    /// Planted: whoever takes nothing holds up the others.
    @Test
    void a_broadcaster_that_waits_for_a_slow_one_is_found() throws Exception {
        Streams.Outcome outcome = runPlanted(new Streams.Effort(30, 0, Duration.ofMillis(20), 0.1, 0, 60), "waits");
        assertThat(outcome.missed()).as(outcome.toString()).isPositive();
        assertThat(outcome.findings()).as(outcome.toString()).isEmpty();
    }

    /// Planted: a sign of life within an event.
    @Test
    void a_broadcaster_whose_messages_interleave_is_found() throws Exception {
        Streams.Outcome outcome = runPlanted(new Streams.Effort(5, 0, Duration.ofMillis(20), 0, 0, 3), "interleaves");
        assertThat(outcome.findings()).as(outcome.toString()).isNotEmpty();
    }

    private Streams.Outcome runPlanted(Streams.Effort effort, String mistake) throws IOException {
        try (ServerProcess server = ServerProcess.start(
                Optional.empty(), Patient.class, folder.resolve("flags.yaml").toString(), mistake)) {
            return Streams.run(folder, effort, server, Duration.ofSeconds(2));
        }
    }

    /// Writes to one subscriber after the other.
    static final class Patient {
        private static final int SEND_BUFFER = 4_096;

        private final List<OutputStream> subscribers = new CopyOnWriteArrayList<>();
        private final ExecutorService broadcaster = Executors.newSingleThreadExecutor();

        private final boolean interleaves;

        private Patient(boolean interleaves) {
            this.interleaves = interleaves;
        }

        public static void main(String[] arguments) throws IOException {
            try (ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
                System.err.println("{\"msg\":\"listening\",\"port\":" + server.getLocalPort() + "}");
                new Patient(arguments[1].equals("interleaves")).serve(server, Path.of(arguments[0]));
            }
        }

        private void serve(ServerSocket server, Path flags) throws IOException {
            while (true) {
                Socket socket = server.accept();
                socket.setSendBufferSize(SEND_BUFFER);
                OutputStream out = socket.getOutputStream();
                if (head(socket.getInputStream()).startsWith("GET")) {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    subscribers.add(out);
                } else {
                    String json = '"' + Files.readString(flags).replace('\n', ' ').replace('"', '\'') + '"';
                    broadcaster.execute(() -> broadcast("id: \ndata: " + json + "\n\n"));
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }

        private void broadcast(String event) {
            try {
                for (OutputStream subscriber : subscribers) {
                    int half = interleaves ? event.length() / 2 : 0;
                    write(subscriber, event.substring(0, half));
                    if (interleaves) write(subscriber, ":\n\n");
                    write(subscriber, event.substring(half));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// A chunk; an empty one would be the end.
        private static void write(OutputStream to, String text) throws IOException {
            if (text.isEmpty()) return;
            String chunk = Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
            to.write(chunk.getBytes(StandardCharsets.US_ASCII));
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
            return head.toString();
        }
    }
}
