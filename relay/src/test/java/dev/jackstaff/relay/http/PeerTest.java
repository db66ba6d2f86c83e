package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.Identity;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.io.TempDir;

/// Test T15 of the design for deadlines: heads, bodies and answers that drip, connections that are half closed or reset at
/// any byte, and the limits on connections. What is asked beside them is answered.
class PeerTest {
    private static final Duration LONG = Duration.ofSeconds(60), SHORT = Duration.ofMillis(500);
    private static final PeerLimits PATIENT =
            PeerLimits.DEFAULT.withTimes(LONG, LONG, LONG, LONG).withLook(Duration.ofMillis(5));
    private static final int LARGE = 32 * 1024 * 1024;
    private static final String REQUEST =
            "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n";

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);

    @TempDir
    Path folder;

    private Listener listener;

    @AfterEach
    void close() {
        released.countDown();
        listener.close();
        workers.shutdown();
    }

    @ParameterizedTest
    @CsvSource({"'GET  /health HTTP/1.1', 400", "'GET /health  HTTP/1.1', 400", "GET /health HTTP/2.0, 505",
        "PRI * HTTP/2.0, 505", "GET /he alth HTTP/1.1, 400", "GET /health HTTP/1.1, 200",
        "'\r\nGET /health HTTP/1.1', 200"})
    void a_connection_that_does_not_begin_like_http_is_told_so_and_closed(String line, int status) throws IOException {
        try (RawClient client = new RawClient(open(PeerLimits.DEFAULT))) {
            client.write(line + "\r\nHost: a\r\n\r\n");
            Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("x-gofeatureflag-version")).isEqualTo("1.2.3");
            if (status != 200) assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    private int open(PeerLimits limits) throws IOException {
        return open(new Listener.Setting("127.0.0.1", 0, "1.2.3", false, limits(limits)));
    }

    private static Limits limits(PeerLimits peers) {
        Limits limits = Limits.DEFAULT;
        return new Limits(limits.headBytes(), limits.lineBytes(), limits.bodyBytes(), limits.batchBytes(),
                limits.inlineBytes(), limits.heldBytes(), Duration.ofMillis(50), limits.queue(), peers,
                limits.streams());
    }

    private int open(Listener.Setting setting) throws IOException {
        Offload offload = new Offload(workers, 4);
        List<Route> routes = List.of(
                new Route.PublicRoute("/health", _ -> Response.empty(200)),
                new Route.PublicRoute("/large", _ -> Response.json(200, Body.adopting(new byte[LARGE]))),
                new Route.PublicRoute("/slow", offload, (_, _) -> {
                    try {
                        assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Response.text(200, "slow");
                }),
                Route.FlagRoute.post("/v1/echo", Or::next, PeerTest::echo));
        listener = Listener.open(setting.within(Within.limit(LONG)), OpenGate.toNothing(), routes, List.of());
        return listener.port();
    }

    private static Response echo(Decoded<Request> call) {
        Body body = call.request().body();
        return body == null ? Response.empty(204) : Response.json(200, body);
    }

    private static void assertWorks(int port) throws IOException {
        assertThat(RawClient.post(port, "/v1/echo", "1234").body()).isEqualTo("1234");
    }

    private void awaitEnd(ConnectionEnd why, int many) {
        StreamFixture.await(() -> listener.connections().ended(why) == many);
    }

    @Test
    void a_head_that_does_not_end_in_time_is_told_and_closed() throws IOException {
        int port = open(PATIENT.withTimes(SHORT, LONG, LONG, LONG));
        try (RawClient first = new RawClient(port);
                RawClient later = new RawClient(port)) {
            first.write("GET /health HT");
            assertThat(later.send("GET", "/health", null).status()).isEqualTo(200);
            later.write("G");
            for (RawClient slow : List.of(first, later)) {
                Answer answer = slow.read();
                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.header("connection")).isEqualTo("close");
                assertThat(answer.header("vary")).as("dressed like any answer").isEqualTo("Origin");
                assertThat(answer.header("x-gofeatureflag-version")).isEqualTo("1.2.3");
                assertThat(answer.body()).isEqualTo("408 Request Timeout");
                assertWorks(port);
                assertThat(slow.isClosedByServer()).isTrue();
            }
        }
        awaitEnd(ConnectionEnd.SLOW_HEAD, 2);
    }

    /// However steadily they come.
    @Test
    void bytes_that_drip_do_not_lengthen_the_time_for_a_head() throws IOException {
        int port = open(PATIENT.withTimes(SHORT, LONG, LONG, LONG));
        try (RawClient dripping = new RawClient(port)) {
            assertThatThrownBy(() -> {
                dripping.write("GET /health HTTP/1.1\r\nX: ");
                for (int i = 0; i < 100_000_000; i++) dripping.write("x");
            }).isInstanceOf(IOException.class);
        }
        assertThat(listener.connections().ended(ConnectionEnd.SLOW_HEAD)
                + listener.connections().ended(ConnectionEnd.LEFT)).isPositive();
        assertWorks(port);
    }

    @Test
    void a_request_that_drips_is_answered_when_it_is_whole_and_so_is_the_next() throws IOException {
        int port = open(PATIENT);
        try (RawClient slow = new RawClient(port)) {
            for (String piece : List.of("POST /v1/echo HTTP/1.1\r\nHo", "st: a\r\nContent-Length: 4\r\n\r", "\n12",
                    "3")) {
                slow.write(piece);
                long written = System.nanoTime();
                StreamFixture.await(() -> System.nanoTime() - written > 10 * PATIENT.look().toNanos());
            }
            slow.write("4");
            assertThat(slow.read().body()).isEqualTo("1234");
            assertThat(slow.send("GET", "/health", null).status()).isEqualTo(200);
        }
    }

    @Test
    void a_connection_that_waits_between_requests_is_no_slow_head() throws IOException {
        int port = open(PATIENT.withTimes(SHORT, LONG, LONG, LONG));
        long begun = System.nanoTime();
        try (RawClient silent = new RawClient(port);
                RawClient waiting = new RawClient(port)) {
            assertThat(waiting.send("POST", "/v1/echo", "1234").status()).isEqualTo(200);
            StreamFixture.await(() -> System.nanoTime() - begun > SHORT.toNanos() * 3);
            assertThat(waiting.send("POST", "/v1/echo", "1234").status()).isEqualTo(200);
            assertThat(silent.send("GET", "/health", null).status()).isEqualTo(200);
        }
    }

    @Test
    void a_body_that_comes_too_slowly_is_told_and_the_connection_ends() throws IOException {
        int port = open(PATIENT.withTimes(LONG, SHORT, LONG, LONG));
        try (RawClient slow = new RawClient(port)) {
            slow.write(REQUEST + "123");
            Answer answer = slow.read();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(answer.header("x-gofeatureflag-version")).isEqualTo("1.2.3");
            assertThat(answer.body()).isEqualTo("{\"message\":\"Request Timeout\"}\n");
            assertWorks(port);
            assertThat(slow.isClosedByServer()).isTrue();
        }
        awaitEnd(ConnectionEnd.SLOW_BODY, 1);
    }

    @Test
    void a_body_that_keeps_its_rate_may_take_longer() throws IOException {
        int port = open(PATIENT.withTimes(LONG, SHORT, LONG, LONG));
        long begun = System.nanoTime();
        try (RawClient large = new RawClient(port)) {
            large.write("POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\n" + "x".repeat(39_999));
            StreamFixture.await(() -> System.nanoTime() - begun > SHORT.toNanos() * 3);
            large.write("x");
            assertThat(large.read().body()).hasSize(40_000);
            assertThat(large.send("GET", "/health", null).status()).isEqualTo(200);
        }
    }

    @Test
    void an_answer_that_is_not_taken_ends_its_connection() throws IOException {
        int port = open(PATIENT.withTimes(LONG, LONG, SHORT, LONG));
        try (RawClient stuck = new RawClient(port)) {
            stuck.write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            awaitEnd(ConnectionEnd.STALLED, 1);
            assertWorks(port);
        }
    }

    @Test
    void an_answer_that_is_taken_slowly_is_written_to_its_end() throws IOException {
        Duration stall = Duration.ofMillis(1_500);
        int port = open(PATIENT.withTimes(LONG, LONG, stall, LONG));
        try (RawClient slow = new RawClient(port)) {
            slow.write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            long begun = System.nanoTime();
            int taken = slow.skip(LARGE / 2, stall.multipliedBy(2));
            assertThat(System.nanoTime() - begun).isGreaterThan(stall.toNanos());
            assertThat(taken + slow.skip(LARGE - taken, Duration.ZERO)).isGreaterThanOrEqualTo(LARGE);
        }
    }

    @Test
    void a_connection_on_which_nothing_moves_ends() throws IOException {
        int port = open(PATIENT.withTimes(LONG, LONG, LONG, SHORT));
        try (RawClient silent = new RawClient(port);
                RawClient waiting = new RawClient(port)) {
            assertThat(waiting.send("POST", "/v1/echo", "1234").status()).isEqualTo(200);
            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(waiting.isClosedByServer()).isTrue();
        }
        awaitEnd(ConnectionEnd.IDLE, 2);
    }

    @Test
    void whoever_has_said_everything_still_gets_the_answers() throws IOException {
        int port = open(PATIENT);
        try (RawClient client = new RawClient(port)) {
            client.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n" + REQUEST + "1234");
            client.shutdownOutput();
            assertWorks(port);
            released.countDown();
            assertThat(client.read().body()).isEqualTo("slow");
            assertThat(client.read().body()).isEqualTo("1234");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_request_that_is_cut_off_in_the_middle_ends_its_connection() throws IOException {
        int port = open(PATIENT);
        String whole = REQUEST + "1234";
        for (int sent = 0; sent < whole.length(); sent++) {
            try (RawClient client = new RawClient(port)) {
                client.write(whole.substring(0, sent));
                client.shutdownOutput();
                assertThat(client.skip(1_000, Duration.ZERO)).as("bytes of a 400 at most").isLessThan(1_000);
            }
        }
        awaitEnd(ConnectionEnd.LEFT, whole.length());
        assertWorks(port);
    }

    @Test
    void a_reset_at_any_byte_costs_its_connection_alone() throws IOException {
        int port = open(PATIENT);
        String whole = REQUEST + "1234";
        try (RawClient beside = new RawClient(port)) {
            for (int sent = 0; sent <= whole.length(); sent++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setSoLinger(true, 0);
                    socket.getOutputStream().write(whole.substring(0, sent).getBytes(StandardCharsets.US_ASCII));
                }
                assertThat(beside.send("POST", "/v1/echo", "1234").body()).isEqualTo("1234");
            }
            StreamFixture.await(() -> listener.connections().open() == 1);
        }
        StreamFixture.await(() -> listener.connections().open() == 0);
        assertAccountsBalance();
    }

    private void assertAccountsBalance() {
        ConnectionCounts counts = listener.connections();
        long[] ended = {0};
        counts.eachEnd((_, many) -> ended[0] += many);
        assertThat(counts.accepted()).isEqualTo(counts.open() + ended[0]);
    }

    @Test
    void there_are_only_so_many_connections() throws IOException {
        int port = open(PATIENT.withConnections(2, 100));
        assertOnlyTwo(port, ConnectionEnd.CROWDED);
    }

    @Test
    void there_are_only_so_many_connections_of_one_address() throws IOException {
        int port = open(PATIENT.withConnections(100, 2));
        assertOnlyTwo(port, ConnectionEnd.CROWDED_ADDRESS);
    }

    private void assertOnlyTwo(int port, ConnectionEnd why) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 2; i++) clients.add(new RawClient(port));
        for (RawClient client : clients) assertThat(client.send("GET", "/health", null).status()).isEqualTo(200);
        try (RawClient third = new RawClient(port)) {
            assertThat(third.isClosedByServer()).isTrue();
        }
        awaitEnd(why, 1);
        for (RawClient client : clients) client.close();
        StreamFixture.await(() -> listener.connections().open() == 0);
        assertWorks(port);
        StreamFixture.await(() -> listener.connections().open() == 0);
        assertAccountsBalance();
    }

    @Test
    void a_head_has_only_so_many_fields() throws IOException {
        int port = open(PATIENT);
        assertThat(RawClient.get(port, "/health", fields(99)).status()).as("and Host").isEqualTo(200);
        Answer refusal = RawClient.get(port, "/health", fields(100));
        assertThat(refusal.status()).isEqualTo(431);
        assertThat(refusal.header("x-gofeatureflag-version")).isEqualTo("1.2.3");
    }

    private static String[] fields(int many) {
        String[] fields = new String[many];
        for (int i = 0; i < many; i++) fields[i] = "x:" + (char) ('a' + i % 26);
        return fields;
    }

    @Test
    void behind_tls_it_is_the_same() throws Exception {
        Identity identity = Identity.in(folder, "server");
        int port = open(new Listener.Setting("127.0.0.1", 0, "1.2.3", false,
                limits(PATIENT.withTimes(SHORT, SHORT, LONG, LONG))).over(identity.server()));
        long begun = System.nanoTime();
        try (RawClient waiting = RawClient.over(identity.trustedBy(null), port);
                RawClient slowHead = RawClient.over(identity.trustedBy(null), port);
                RawClient slowBody = RawClient.over(identity.trustedBy(null), port)) {
            slowHead.write("GET /health HT");
            slowBody.write(REQUEST + "123");
            for (RawClient slow : List.of(slowHead, slowBody)) {
                assertThat(slow.read().status()).isEqualTo(408);
                assertThat(slow.isClosedByServer()).isTrue();
            }
            StreamFixture.await(() -> System.nanoTime() - begun > SHORT.toNanos() * 3);
            assertThat(waiting.send("GET", "/health", null).status()).as("a handshake is no head").isEqualTo(200);
        }
        awaitEnd(ConnectionEnd.SLOW_HEAD, 1);
        awaitEnd(ConnectionEnd.SLOW_BODY, 1);
        try (RawClient clear = new RawClient(port)) {
            clear.write("GET /health HTTP/1.1\r\n\r\n");
            assertThat(clear.isClosedByServer()).isTrue();
        }
        awaitEnd(ConnectionEnd.HANDSHAKE, 1);
    }
}
