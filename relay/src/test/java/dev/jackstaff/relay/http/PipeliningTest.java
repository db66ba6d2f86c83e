package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests of HTTP/1 that are sent ahead while no answer is read: how many of them are worked on, and what waits.
class PipeliningTest {
    private static final int ANSWER = 40 * 1024, REQUESTS = 1_500;

    /// What may be on its way on one connection: the buffers of the system on both sides, and what the relay holds.
    private static final int ON_ITS_WAY = 1024 * 1024;

    private static final Pattern REQUEST =
            Pattern.compile("(\\d+) +\\d+ +io\\.netty\\.handler\\.codec\\.http\\.DefaultHttpRequest\\b");

    private static final byte[] ASK = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /// So many that every event loop has some.
    private static final int OTHERS = 4 * Runtime.getRuntime().availableProcessors();

    private final AtomicInteger worked = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1), released = new CountDownLatch(1);
    private final AtomicReference<Thread> holding = new AtomicReference<>();
    private final Queue<Integer> workedBefore = new ConcurrentLinkedQueue<>(); // each of the others on that loop
    private Listener listener;

    @AfterEach
    void close() {
        released.countDown();
        if (listener != null) listener.close();
    }

    private int open() throws IOException {
        listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT).within(
                        Within.limit(Duration.ofSeconds(60))),
                null,
                List.of(
                        new Route.PublicRoute("/health", _ -> Response.empty(200)),
                        new Route.PublicRoute("/wait", _ -> whenReleased()),
                        new Route.PublicRoute("/other", _ -> other()),
                        new Route.PublicRoute(
                                "/large", _ -> Response.of("text/plain", Body.adopting(numbered(next()))))),
                List.of());
        return listener.port();
    }

    private Response other() {
        if (Thread.currentThread().equals(holding.get())) workedBefore.add(worked.get());
        return Response.empty(200);
    }

    private Response whenReleased() {
        holding.set(Thread.currentThread());
        held.countDown();
        try {
            assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Response.empty(204);
    }

    private int next() {
        return worked.getAndIncrement();
    }

    private static byte[] numbered(int number) {
        return String.format(Locale.ROOT, "%-" + ANSWER + "d", number).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void only_as_many_requests_are_worked_on_as_answers_are_taken_and_all_get_theirs_in_order() throws Exception {
        int port = open();
        try (Ahead ahead = new Ahead(port)) {
            assertThatOthersAreAnswered(port);
            assertThat((long) worked.get() * ANSWER).isLessThan(ON_ITS_WAY);
            ahead.readAll();
        }
        assertThat(worked).hasValue(REQUESTS);
    }

    /// Planted: the library in the mode in which it writes whether or not something is taken.
    @Test
    void a_server_that_works_on_all_of_them_is_found() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            int port = vertx.createHttpServer(new HttpServerOptions().setStrictThreadMode(true))
                    .requestHandler(request -> request.response()
                            .end(Buffer.buffer(request.path().equals("/large") ? numbered(next()) : new byte[0])))
                    .listen(0, "127.0.0.1")
                    .await()
                    .actualPort();
            try (Ahead ahead = new Ahead(port)) {
                StreamFixture.await(() -> worked.get() == REQUESTS);
                assertThat((long) worked.get() * ANSWER).isGreaterThan(ON_ITS_WAY);
                ahead.readAll();
            }
        } finally {
            vertx.close().await();
        }
    }

    /// It has had its share of the loop with its first request; the rest waits until those that have come meanwhile are served.
    @Test
    void who_sends_ahead_does_not_hold_up_others() throws Exception {
        askBesideOneAhead(open());
        assertThat(workedBefore).isNotEmpty().containsOnly(0);
    }

    /// Planted: the library alone, which answers all that it has read of one connection.
    @Test
    void a_server_that_holds_up_others_is_found() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            int port = vertx.createHttpServer()
                    .requestHandler(request -> {
                        switch (request.path()) {
                            case "/wait" -> whenReleased();
                            case "/other" -> other();
                            case "/large" -> next();
                            default -> {
                            }
                        }
                        request.response().end();
                    })
                    .listen(0, "127.0.0.1")
                    .await()
                    .actualPort();
            askBesideOneAhead(port);
            assertThat(workedBefore).anySatisfy(many -> assertThat(many).isPositive());
        } finally {
            vertx.close().await();
        }
    }

    /// The loop is held until all others have asked.
    private void askBesideOneAhead(int port) throws Exception {
        List<RawClient> others = new ArrayList<>();
        try (Socket ahead = connected(port)) {
            for (int i = 0; i < OTHERS; i++) {
                RawClient other = new RawClient(port);
                others.add(other);
                other.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(other.read().status()).isEqualTo(200);
            }
            String all =
                    "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n" + new String(ASK, StandardCharsets.US_ASCII).repeat(30);
            ahead.getOutputStream().write(all.getBytes(StandardCharsets.US_ASCII));
            assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
            for (RawClient other : others) other.write("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
            released.countDown();
            for (RawClient other : others) assertThat(other.read().status()).isEqualTo(200);
        } finally {
            for (RawClient other : others) other.close();
        }
    }

    /// Each of them would take many times its bytes. The loop is held while they come, so that all could be read at once.
    @Test
    void what_is_sent_ahead_waits_as_bytes() throws Exception {
        int port = open();
        byte[] many = new String(ASK, StandardCharsets.US_ASCII).repeat(30_000).getBytes(StandardCharsets.US_ASCII);
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                Socket client = connected(port);
                clients.add(client);
                client.getOutputStream()
                        .write("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread.ofVirtual().start(() -> {
                    try {
                        client.getOutputStream().write(many);
                    } catch (IOException e) {
                        // Closed at the end, with some of it unsent.
                    }
                });
            }
            released.countDown();
            StreamFixture.await(() -> worked.get() >= clients.size());
            assertThatOthersAreAnswered(port);
            int inOneRead = 2 * ReadSize.AHEAD / ASK.length;
            assertThat(decoded()).isBetween(clients.size(), clients.size() * inOneRead);
        } finally {
            for (Socket client : clients) client.close();
        }
    }

    /// How many requests there are as objects, after a full collection.
    private static int decoded() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                        new Object[]{null}, new String[]{String[].class.getName()});
        Matcher line = REQUEST.matcher(histogram);
        assertThat(line.find()).isTrue();
        return Integer.parseInt(line.group(1));
    }

    /// On every loop, more than once: so each has had the occasion to work on what was sent ahead.
    private static void assertThatOthersAreAnswered(int port) throws IOException {
        for (int i = 0; i < 64; i++) assertThat(RawClient.get(port, "/health").status()).isEqualTo(200);
    }

    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /// A client that sends all its requests before it reads.
    private static final class Ahead implements AutoCloseable {
        private final Socket socket;

        Ahead(int port) throws IOException {
            socket = connected(port);
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < REQUESTS; i++) socket.getOutputStream().write(ASK);
                } catch (IOException e) {
                    // Closed at the end of the test.
                }
            });
        }

        void readAll() throws IOException {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            for (int i = 0; i < REQUESTS; i++) {
                byte[] answer = answer(in);
                assertThat(new String(answer, StandardCharsets.US_ASCII).strip()).isEqualTo(Integer.toString(i));
            }
        }

        private static byte[] answer(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
            assertThat(head.toString()).startsWith("HTTP/1.1 200 ");
            return in.readNBytes(ANSWER);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
