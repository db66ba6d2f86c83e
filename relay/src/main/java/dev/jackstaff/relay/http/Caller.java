package dev.jackstaff.relay.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who sent a request, as far as a log may tell. Everything in it is what the caller says, bounded in length, and nothing of
/// it is a secret: no query, no key. Immutable.
///
/// @param remoteIp  the first address in `X-Forwarded-For`, else `X-Real-IP`, else that of the connection; empty on a Unix
///                  socket
/// @param host      the `Host` line, or what is in its place on HTTP/2
/// @param path      as sent, without query
/// @param userAgent the `User-Agent` line
/// @param traceParent the W3C `traceparent` line when it is well-formed; empty otherwise
/// @param traceState  the `tracestate` line beside it, as long as the standard asks for
/// @param requestId the `X-Request-Id` line when it is well-formed, else one that was made here
public record Caller(
        String remoteIp, String host, String path, String userAgent, String traceParent, String traceState,
        String requestId) {
    private static final int MOST = 200;
    private static final int MOST_TRACE_STATE = 512;
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.{0,64}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._~+/=:@-]{1,128}");

    static Caller of(HttpServerRequest request, String path, String requestId) {
        String parent = traceParent(request);
        return new Caller(
                remoteIp(request), told(host(request)), told(path), told(request.getHeader("user-agent")), parent,
                parent.isEmpty() ? "" : traceState(request), requestId);
    }

    private static String traceParent(HttpServerRequest request) {
        String given = request.getHeader("traceparent");
        return given != null && TRACE_PARENT.matcher(given).matches() ? given : "";
    }

    private static String traceState(HttpServerRequest request) {
        String given = request.getHeader("tracestate");
        return given == null || given.length() > MOST_TRACE_STATE ? "" : given;
    }

    static String requestId(HttpServerRequest request) {
        String given = request.getHeader("x-request-id");
        return given != null && REQUEST_ID.matcher(given).matches() ? given : made();
    }

    /// Tells requests apart; nobody has to be unable to guess it.
    private static String made() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }

    private static @Nullable String host(HttpServerRequest request) {
        String host = request.getHeader("host");
        if (host != null) return host;
        HostAndPort authority = request.authority();
        return authority == null ? null : authority.toString();
    }

    private static String remoteIp(HttpServerRequest request) {
        String forwarded = request.getHeader("x-forwarded-for");
        if (forwarded != null) {
            int comma = forwarded.indexOf(',');
            String first = (comma < 0 ? forwarded : forwarded.substring(0, comma)).strip();
            if (ADDRESS.matcher(first).matches()) return first;
        }
        String real = request.getHeader("x-real-ip");
        if (real != null && ADDRESS.matcher(real).matches()) return real;
        SocketAddress peer = request.remoteAddress();
        String address = peer == null ? null : peer.hostAddress();
        return address == null ? "" : address;
    }

    private static String told(@Nullable String text) {
        if (text == null) return "";
        return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
    }
}
