package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/// A listener with streams on one topic.
abstract class StreamFixture {
    static final String EVENTS = "/stream/v1/events";
    static final String SOCKET = "/stream/v1/socket";
    static final String OLD_SOCKET = "/old/socket";

    /// So often looked at that nothing has to be waited for, and otherwise as in production.
    static final StreamLimits QUICK = StreamLimits.DEFAULT.withLook(Duration.ofMillis(5));

    final FakeTopic topic = new FakeTopic();
    final AtomicBoolean mayListen = new AtomicBoolean(true);
    final LinkedBlockingQueue<Served> served = new LinkedBlockingQueue<>();
    Listener listener;
    boolean isClosed;

    @AfterEach
    void close() {
        if (listener != null && !isClosed) listener.close();
    }

    int open(StreamLimits limits) throws IOException {
        return open(new Listener.Setting("127.0.0.1", 0, "1.2.3", false, Limits.DEFAULT.with(limits)));
    }

    int open(Listener.Setting setting) throws IOException {
        StreamHandler start = _ -> Or.next(new StreamStart(topic));
        Route.StreamRoute socket = Route.StreamRoute.webSocket(SOCKET, start);
        List<Route> routes = List.of(
                new Route.PublicRoute("/health", _ -> Response.empty(200)),
                Route.FlagRoute.post("/v1/echo", Or::next, StreamFixture::echo),
                Route.StreamRoute.events(EVENTS, start),
                Route.StreamRoute.events("/stream/v1/broken", StreamFixture::broken),
                socket,
                socket.formerly(OLD_SOCKET));
        Gatekeeper gate = new Gatekeeper() {
            private final OpenGate open = OpenGate.toNothing();

            @Override
            public Or<Client> client(Credentials credentials, Style style) {
                return open.client(credentials, style);
            }

            @Override
            public Or<Pass> subscriber(Credentials credentials, Style style) {
                return Or.next(new Pass(null, mayListen::get));
            }

            @Override
            public Or<Administrator> administrator(Credentials credentials, Style style) {
                return open.administrator(credentials, style);
            }
        };
        listener = Listener.open(setting, gate, routes, List.of(served::add));
        return listener.port();
    }

    private static Response echo(Decoded<Request> call) {
        Body body = call.request().body();
        return body == null ? Response.text(200, "no body") : Response.json(200, body);
    }

    private static Or<StreamStart> broken(StreamCall call) {
        throw new IllegalStateException("broken on purpose");
    }

    static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            Thread.onSpinWait();
        }
    }
}
