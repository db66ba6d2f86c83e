package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.config.DeadlineConfig;
import dev.jackstaff.relay.config.ServerTls;
import dev.jackstaff.verify.stress.SelfSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// The relay's listener with a handler of each kind, which answer with nothing but the id that their request carries: in a
/// header and as the body. What waits does so for around its limit.
public final class OwnAnswerServer {
    /// Paths of the two, and of the effects: their number, and the sum of their ids.
    public static final String INLINE = "/inline", WAITING = "/waiting", EFFECTS = "/effects";

    /// The header that carries the id, there and back.
    public static final String ASKED = "If-None-Match", ANSWERED = "x-own";

    private static final Duration LIMIT = Duration.ofMillis(4);
    private static final int LONGEST = 2; // limits
    private static final int AT_ONCE = 4_096, CONNECTIONS = 4_096;

    private final LongAdder effects = new LongAdder(), sum = new LongAdder();

    private OwnAnswerServer() {}

    /// Opens a port in clear text and one with TLS, and says so.
    ///
    /// @param arguments a folder for its key
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        OwnAnswerServer server = new OwnAnswerServer();
        Limits limits = Limits.DEFAULT.with(PeerLimits.DEFAULT.withConnections(CONNECTIONS, CONNECTIONS));
        Listener.Setting clear = new Listener.Setting("127.0.0.1", 0, null, false, limits)
                .within(new Deadlines(new DeadlineConfig(
                        LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, Duration.ZERO, Duration.ZERO, List.of(), 1, true,
                        List.of())));
        SelfSigned own = SelfSigned.in(Path.of(arguments[0]));
        ServerTls tls = new ServerTls(own.key(), List.of(own.certificate()), List.of());
        Listener secure = Listener.open(clear.over(tls), null, server.routes(), List.of());
        Listener open = Listener.open(clear, null, server.routes(), List.of());
        System.err.println("{\"msg\":\"secure\",\"port\":" + secure.port() + "}");
        System.err.println("{\"msg\":\"listening\",\"port\":" + open.port() + "}");
    }

    private List<Route> routes() {
        Offload offload = new Offload(Executors.newVirtualThreadPerTaskExecutor(), AT_ONCE);
        return List.of(
                new Route.PublicRoute(INLINE, this::own),
                new Route.PublicRoute(WAITING, offload, (request, _) -> {
                    LockSupport.parkNanos((id(request) & 1_023) * LONGEST * LIMIT.toNanos() / 1_023);
                    return own(request);
                }),
                new Route.PublicRoute(EFFECTS, _ -> text(effects.sum() + " " + sum.sum())));
    }

    private Response own(Request request) {
        long id = id(request);
        String text = String.valueOf(request.ifNoneMatch());
        return text(text).with(ANSWERED, text).entailing(() -> {
            effects.increment();
            sum.add(id);
        });
    }

    private static long id(Request request) {
        return Long.parseUnsignedLong(String.valueOf(request.ifNoneMatch()), "own-".length(), "own-".length() + 16, 16);
    }

    private static Response text(String text) {
        return Response.of("text/plain", Body.adopting(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
