package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// SIGTERM while requests come: whoever was accepted is answered, the event of every answer is exported, the exit code is 0.
///
/// An event is recorded exactly where its answer is sent, so both can be compared by user: an event without an answer is a
/// caller who was accepted and left alone, an answer without an event an event that was lost.
class ShutdownTest {
    private static final int CALLERS = 8;
    private static final int CALLERS_PER_NEWCOMER = 4;
    private static final int ANSWERS = 500;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Pattern USER = Pattern.compile("\"userKey\":\"([^\"]+)\"");

    enum Mode {
        PORT,
        MONITORING_PORT,
        UNIX_SOCKET
    }

    @TempDir
    Path folder;

    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Set<String> cutShort = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void writeFlags() throws IOException {
        Files.writeString(folder.resolve("flags.yaml"),
                "beta: {variations: {\"on\": true}, defaultRule: {variation: \"on\"}}\n");
    }

    @ParameterizedTest
    @EnumSource
    void whoever_was_accepted_is_answered_and_every_event_exported(Mode mode) throws Exception {
        try (Server server = start(mode);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection halfway = server.connect();
                Connection stream = server.connect()) {
            stream.send("GET /stream/v1/sse/flag/change HTTP/1.1\r\nHost: relay\r\n\r\n");
            assertThat(stream.head()).startsWith("HTTP/1.1 200");
            List<Future<?>> load = new ArrayList<>();
            for (int number = 0; number < CALLERS; number++) load.add(callers.submit(caller(server, number)));
            Conditions.await("enough answers", () -> answered.size() > ANSWERS);
            String request = question("halfway");
            int half = request.length() - 10;
            halfway.send(request.substring(0, half));
            assertThat(server.process.lines()).noneMatch(line -> line.contains("\"stopping\""));

            Future<Integer> exit = callers.submit(server.process::terminate);
            String _ = server.process.await(0, line -> line.contains("\"msg\":\"stopping\""));
            halfway.send(request.substring(half));
            assertThat(halfway.answer()).startsWith("HTTP/1.1 200");
            assertThat(answered.add("halfway")).isTrue();

            assertThat(exit.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isZero();
            for (Future<?> caller : load) caller.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        }
        assertThat(cutShort).isEmpty();
        assertThat(usersOfEvents()).containsExactlyInAnyOrderElementsOf(answered);
    }

    /// Planted: what waits for the exporters goes down with the process.
    @Test
    void a_relay_that_loses_its_events_is_found() throws Exception {
        try (Server server = start(Mode.PORT);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> load = callers.submit(caller(server, 1));
            Conditions.await("enough answers", () -> answered.size() > ANSWERS);
            server.process.close();
            load.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        }
        assertThat(usersOfEvents()).isNotEqualTo(answered);
    }

    /// Asks until nobody takes its requests any more: on one connection, or, every fourth caller, on a new one each time.
    private Runnable caller(Server server, int number) {
        return () -> {
            String user = "none";
            try {
                for (int next = 0;;) {
                    try (Connection connection = server.connect()) {
                        do {
                            user = "user-" + number + "-" + next++;
                            connection.send(question(user));
                            assertThat(connection.answer()).startsWith("HTTP/1.1 200");
                            answered.add(user);
                        } while (number % CALLERS_PER_NEWCOMER != 0);
                    }
                }
            } catch (EOFException e) {
                cutShort.add(user);
            } catch (IOException e) {
                // Not accepted: nobody listens, or the connection ended before a byte of an answer.
            }
        };
    }

    private static String question(String user) {
        String json = "{\"context\":{\"targetingKey\":\"" + user + "\"}}";
        return "POST /ofrep/v1/evaluate/flags/beta HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + json.length() + "\r\n\r\n" + json;
    }

    private Set<String> usersOfEvents() throws IOException {
        Path events = folder.resolve("events");
        Set<String> users = new HashSet<>();
        if (!Files.exists(events)) return users;
        try (var files = Files.list(events)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher user = USER.matcher(line);
                    assertThat(user.find()).as(line).isTrue();
                    assertThat(users.add(user.group(1))).as("told twice: " + line).isTrue();
                }
            }
        }
        return users;
    }

    private Server start(Mode mode) throws Exception {
        Path socket = folder.resolve("relay.sock");
        String server = switch (mode) {
            case PORT -> "host: 127.0.0.1, port: 0";
            case MONITORING_PORT -> "host: 127.0.0.1, port: 0, monitoringPort: " + freePort();
            case UNIX_SOCKET -> "mode: unixsocket, unixSocketPath: '" + socket + "'";
        };
        Path config = Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {%s}
                hideBanner: true
                retriever: {kind: file, path: '%s'}
                exporter: {kind: file, format: json, outputDir: '%s', flushInterval: 3600000}
                """.formatted(server, folder.resolve("flags.yaml"), folder.resolve("events")));
        ServerProcess process = RelayServer.start(config);
        String _ = process.await(0, line -> line.contains("\"msg\":\"listening\""));
        return new Server(process, switch (mode) {
            case PORT, MONITORING_PORT -> {
                int port = process.port();
                yield () -> new Connection(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            case UNIX_SOCKET -> () -> new Connection(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @FunctionalInterface
    private interface Connector {
        Connection connect() throws IOException;
    }

    private record Server(ServerProcess process, Connector connector) implements AutoCloseable {
        Connection connect() throws IOException {
            return connector.connect();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /// HTTP/1.1, one request at a time.
    private static final class Connection implements AutoCloseable {
        private final Closeable closeable;
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            closeable = socket;
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        Connection(SocketChannel channel) {
            closeable = channel;
            in = Channels.newInputStream(channel);
            out = Channels.newOutputStream(channel);
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /// @throws EOFException when it ends within the answer
        /// @throws IOException  when it ends before it
        String answer() throws IOException {
            String head = head();
            Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
            assertThat(length.find()).as(head).isTrue();
            byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
            if (body.length < Integer.parseInt(length.group(1))) throw new EOFException(head);
            return head + new String(body, StandardCharsets.UTF_8);
        }

        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0 && head.isEmpty()) throw new IOException("closed before the answer");
                if (next < 0) throw new EOFException(head.toString());
                head.append((char) next);
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            closeable.close();
        }
    }
}
