package dev.jackstaff.relay;

import dev.jackstaff.relay.http.Caller;
import dev.jackstaff.relay.http.Observer;
import dev.jackstaff.relay.http.Served;
import java.math.BigDecimal;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// A line a request, with the original's words and fields (spec 6.3) and the status that was written (R-D14): successes at
/// debug, what the caller did wrong as warnings, what went wrong here as errors. What monitoring asks is not told.
///
/// No query and no header that could hold a key gets into a line (R-D35); a request on a route is told by the route, so no
/// flag does either. Callers decide how many mistakes they make, so of each kind of them only so many a second are told, and
/// how many were not.
///
/// Cost: a comparison where nobody would see the line. Thread-safe.
final class AccessLog implements Observer {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final Set<String> MONITORING = Set.of("/health", "/info", "/metrics", "/livez", "/readyz");

    private final Sampling clientErrors = new Sampling(System::nanoTime);
    private final Sampling serverErrors = new Sampling(System::nanoTime);

    @Override
    public boolean asksWho(int status) {
        return LOG.isEnabledForLevel(level(status));
    }

    @Override
    public void served(Served request) {
        Caller caller = request.caller();
        if (caller == null || MONITORING.contains(request.place().template())) return;
        LoggingEventBuilder line = LOG.atLevel(level(request.status()));
        if (request.status() >= 400) {
            Sampling sampling = request.status() < 500 ? clientErrors : serverErrors;
            if (!sampling.passes()) return;
            long untold = sampling.takeUntold();
            if (untold > 0) line = line.addKeyValue("untold", untold);
        }
        line.addKeyValue("remote_ip", caller.remoteIp())
                .addKeyValue("latency", latency(request.nanos()))
                .addKeyValue("host", caller.host())
                .addKeyValue("request", request.method() + " " + target(request, caller))
                .addKeyValue("status", request.status())
                .addKeyValue("size", request.responseBytes())
                .addKeyValue("user_agent", caller.userAgent())
                .addKeyValue("request_id", caller.requestId())
                .log(message(request.status()));
    }

    /// The path only where there is no route: there it tells what is wrong.
    private static String target(Served request, Caller caller) {
        String template = request.place().template();
        return template.endsWith("/*") ? caller.path() : template;
    }

    private static Level level(int status) {
        return status < 400 ? Level.DEBUG : status < 500 ? Level.WARN : Level.ERROR;
    }

    private static String message(int status) {
        if (status < 300) return "Success";
        if (status < 400) return "Redirection";
        return status < 500 ? "Client error" : "Server error";
    }

    /// As Go writes a duration: `85.3µs`, `1.204ms`, `2.5s`.
    static String latency(long nanos) {
        if (nanos < 1_000) return nanos + "ns";
        if (nanos < 1_000_000) return decimal(nanos, 3) + "µs";
        return nanos < 1_000_000_000 ? decimal(nanos, 6) + "ms" : decimal(nanos, 9) + "s";
    }

    private static String decimal(long nanos, int places) {
        return BigDecimal.valueOf(nanos, places).stripTrailingZeros().toPlainString();
    }
}
