package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.Identity;
import dev.jackstaff.relay.http.FrameClient.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What one connection of HTTP/2 may ask for, frame by frame. Whatever happens to it, others go on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2BudgetsTest {
    private static final int REFUSED_STREAM = 7, ENHANCE_YOUR_CALM = 11, INITIAL_WINDOW = 4;
    private static final int ANSWER = 128 * 1024;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private final AtomicInteger worked = new AtomicInteger();
    private SSLContext tls;
    private Listener listener;

    @BeforeAll
    void open() throws Exception {
        Identity identity = Identity.in(folder, "server");
        tls = identity.trustedBy(null);
        List<Route> routes = List.of(
                new Route.PublicRoute("/health", _ -> Response.empty(200)),
                new Route.PublicRoute("/large", _ -> large()),
                Route.FlagRoute.post("/v1/echo", Or::next, call -> Response.json(200, call.request().body())));
        Limits limits = Limits.DEFAULT.with(PeerLimits.DEFAULT.withTimes(LONG, LONG, LONG, LONG));
        listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, limits).over(identity.server())
                        .within(Within.limit(LONG)),
                OpenGate.toNothing(), routes, List.of());
    }

    @AfterAll
    void close() {
        listener.close();
    }

    private Response large() {
        worked.incrementAndGet();
        return Response.of("text/plain", Body.adopting(new byte[ANSWER]));
    }

    private FrameClient client(int... settings) throws IOException {
        return new FrameClient(tls, listener.port(), settings);
    }

    private void assertThatOthersGoOn(FrameClient other, int stream) throws IOException {
        other.get(stream, "/health");
        assertThatIsAnswered(other, stream);
    }

    private static void assertThatIsAnswered(FrameClient client, int stream) throws IOException {
        Frame answer = client.await(FrameClient.HEADERS);
        assertThat(answer.stream()).isEqualTo(stream);
        assertThat(answer.isOk()).isTrue();
    }

    @Test
    void a_stream_too_many_is_refused_alone() throws IOException {
        try (FrameClient client = client(); FrameClient other = client()) {
            int first = 1, last = first + 2 * Limits.REQUESTS_AT_ONCE;
            for (int stream = first; stream <= last; stream += 2) client.begin(stream, "/v1/echo");
            Frame refusal = client.await(FrameClient.RESET);
            assertThat(refusal.stream()).isEqualTo(last);
            assertThat(refusal.error()).isEqualTo(REFUSED_STREAM);
            assertThatOthersGoOn(other, 1);
            client.send(FrameClient.frame(FrameClient.DATA, FrameClient.END_STREAM, first, (byte) '1'));
            assertThatIsAnswered(client, first);
        }
    }

    @Test
    void a_connection_that_takes_back_too_many_requests_ends() throws IOException {
        try (FrameClient client = client(); FrameClient other = client()) {
            sendAtOnce(client, Limits.RESETS + 1, i -> {
                int stream = 1 + 2 * i;
                client.begin(stream, "/v1/echo");
                return FrameClient.frame(FrameClient.RESET, 0, stream, FrameClient.number(8));
            });
            assertThat(client.await(FrameClient.GO_AWAY).error()).isEqualTo(ENHANCE_YOUR_CALM);
            client.awaitClose();
            assertThatOthersGoOn(other, 1);
        }
    }

    @Test
    void a_connection_that_takes_back_fewer_goes_on() throws IOException {
        try (FrameClient client = client()) {
            for (int i = 0; i < Limits.RESETS; i++) {
                client.begin(1 + 2 * i, "/v1/echo");
                client.send(FrameClient.frame(FrameClient.RESET, 0, 1 + 2 * i, FrameClient.number(8)));
            }
            assertThatOthersGoOn(client, 1 + 2 * Limits.RESETS);
        }
    }

    @Test
    void pings_are_answered_until_there_are_too_many() throws IOException {
        try (FrameClient client = client(); FrameClient other = client()) {
            byte[] ping = FrameClient.frame(FrameClient.PING, 0, 0, new byte[8]);
            // The settings and their acknowledgement count, too.
            for (int i = 0; i < Limits.CONTROL_FRAMES - 2; i++) {
                client.send(ping);
                assertThat(client.await(FrameClient.PING).has(FrameClient.ACK)).isTrue();
            }
            assertFlooded(client, other, ping);
        }
    }

    @Test
    void settings_are_acknowledged_until_there_are_too_many() throws IOException {
        try (FrameClient client = client(); FrameClient other = client()) {
            byte[] settings = FrameClient.frame(FrameClient.SETTINGS, 0, 0);
            for (int i = 0; i < Limits.CONTROL_FRAMES - 2; i++) client.send(settings);
            assertThatOthersGoOn(client, 1);
            assertFlooded(client, other, settings);
        }
    }

    /// Nobody has to understand them, so nobody has to send them.
    @Test
    void frames_of_unknown_types_are_passed_over_until_there_are_too_many() throws IOException {
        try (FrameClient client = client(); FrameClient other = client()) {
            byte[] unknown = FrameClient.frame(0x42, 0, 0, new byte[100]);
            for (int i = 0; i < Limits.CONTROL_FRAMES - 2; i++) client.send(unknown);
            assertThatOthersGoOn(client, 1);
            assertFlooded(client, other, unknown);
        }
    }

    private void assertFlooded(FrameClient client, FrameClient other, byte[] frame) throws IOException {
        long before = listener.connections().ended(ConnectionEnd.FLOODED);
        sendAtOnce(client, 4, _ -> frame);
        client.awaitClose();
        StreamFixture.await(() -> listener.connections().ended(ConnectionEnd.FLOODED) == before + 1);
        assertThatOthersGoOn(other, 1);
    }

    @Test
    void a_head_in_too_many_tiny_pieces_ends_its_connection() throws IOException {
        try (FrameClient client = client(); FrameClient other = client()) {
            client.send(FrameClient.frame(
                    FrameClient.HEADERS, FrameClient.END_STREAM, 1, FrameClient.head("GET", "/health")));
            sendAtOnce(client, 2 * Limits.SMALL_CONTINUATIONS,
                    _ -> FrameClient.frame(FrameClient.CONTINUATION, 0, 1, new byte[0]));
            assertThat(client.await(FrameClient.GO_AWAY).error()).isEqualTo(ENHANCE_YOUR_CALM);
            client.awaitClose();
            assertThatOthersGoOn(other, 1);
        }
    }

    @Test
    void a_head_in_large_pieces_that_does_not_end_ends_its_connection() throws IOException {
        try (FrameClient client = client(); FrameClient other = client()) {
            client.send(FrameClient.frame(
                    FrameClient.HEADERS, FrameClient.END_STREAM, 1, FrameClient.head("GET", "/health")));
            ByteArrayOutputStream field = new ByteArrayOutputStream();
            while (field.size() < 16_000) field.writeBytes(new byte[]{0, 1, 'x', 4, 'l', 'o', 'n', 'g'});
            sendAtOnce(client, 100,
                    _ -> FrameClient.frame(FrameClient.CONTINUATION, 0, 1, field.toByteArray()));
            client.awaitClose();
            assertThatOthersGoOn(other, 1);
        }
    }

    @Test
    void empty_pieces_of_a_body_end_their_connection() throws IOException {
        try (FrameClient client = client(); FrameClient other = client()) {
            client.begin(1, "/v1/echo");
            sendAtOnce(client, 10, _ -> FrameClient.frame(FrameClient.DATA, 0, 1));
            assertThat(client.await(FrameClient.GO_AWAY).error()).isEqualTo(ENHANCE_YOUR_CALM);
            client.awaitClose();
            assertThatOthersGoOn(other, 1);
        }
    }

    /// As many streams as there may be, and no room for a byte of an answer.
    @Test
    void only_as_many_requests_are_worked_on_as_answers_are_taken_and_all_get_theirs() throws IOException {
        int requests = 100;
        worked.set(0);
        try (FrameClient client = client(INITIAL_WINDOW, 0); FrameClient other = client()) {
            for (int i = 0; i < requests; i++) client.get(1 + 2 * i, "/large");
            StreamFixture.await(() -> worked.get() == Limits.UNTAKEN_BYTES / ANSWER);
            // A turn of the loop each, at least.
            for (int i = 0; i < requests; i++) {
                client.send(FrameClient.frame(FrameClient.PING, 0, 0, new byte[8]));
                Frame _ = client.await(FrameClient.PING);
            }
            assertThat(worked).hasValue(Limits.UNTAKEN_BYTES / ANSWER);
            assertThatOthersGoOn(other, 1);
            client.send(FrameClient.frame(FrameClient.SETTINGS, 0, 0, (byte) 0, (byte) INITIAL_WINDOW, (byte) 0x3f,
                    (byte) 0xff, (byte) 0xff, (byte) 0xff));
            client.send(FrameClient.frame(
                    FrameClient.WINDOW_UPDATE, 0, 0, FrameClient.number(requests * ANSWER)));
            Set<Integer> whole = new HashSet<>();
            long bytes = 0;
            while (whole.size() < requests) {
                Frame data = client.await(FrameClient.DATA);
                bytes += data.length();
                if (data.has(FrameClient.END_STREAM)) whole.add(data.stream());
            }
            assertThat(bytes).isEqualTo((long) requests * ANSWER);
        }
        assertThat(worked).hasValue(requests);
    }

    private interface Frames {
        byte[] of(int number) throws IOException;
    }

    /// The server may well close before all of them are sent.
    private static void sendAtOnce(FrameClient client, int many, Frames frames) {
        try {
            for (int i = 0; i < many; i++) client.send(frames.of(i));
        } catch (IOException closed) {
            // What it said before is still to be read.
        }
    }
}
