package dev.jackstaff.relay.http;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets pages of any origin read the answers: flags for browsers are public, and keys travel in headers, not in cookies.
///
/// Unlike the original it exposes the headers that clients need for conditional requests (R-D21).
final class Cors implements Decorator {
    private static final AsciiString ALLOW_ORIGIN = AsciiString.cached("access-control-allow-origin");
    private static final AsciiString ALLOW_METHODS = AsciiString.cached("access-control-allow-methods");
    private static final AsciiString ALLOW_HEADERS = AsciiString.cached("access-control-allow-headers");
    private static final AsciiString EXPOSE_HEADERS = AsciiString.cached("access-control-expose-headers");

    private static final Header VARY_ORIGIN = Header.of(Header.VARY, "Origin");
    private static final Header ANY_ORIGIN = Header.of(ALLOW_ORIGIN, "*");

    private static final List<Header> SAME_ORIGIN = List.of(VARY_ORIGIN);
    private static final List<Header> OTHER_ORIGIN = List.of(
            VARY_ORIGIN, ANY_ORIGIN, Header.of(EXPOSE_HEADERS, "ETag, Last-Modified, X-GOFEATUREFLAG-VERSION"));
    private static final List<Header> PREFLIGHT = List.of(
            VARY_ORIGIN,
            Header.of(Header.VARY, "Access-Control-Request-Method"),
            Header.of(Header.VARY, "Access-Control-Request-Headers"),
            ANY_ORIGIN,
            Header.of(ALLOW_METHODS, "GET,HEAD,PUT,PATCH,POST,DELETE"));

    private final List<Header> sameOrigin;
    private final List<Header> otherOrigin;

    /// @param negotiates whether answers depend on `Accept-Encoding`, which caches have to know
    Cors(boolean negotiates) {
        sameOrigin = varying(SAME_ORIGIN, negotiates);
        otherOrigin = varying(OTHER_ORIGIN, negotiates);
    }

    private static List<Header> varying(List<Header> headers, boolean negotiates) {
        if (!negotiates) return headers;
        List<Header> more = new ArrayList<>(headers);
        more.add(Header.of(Header.VARY, "Accept-Encoding"));
        return List.copyOf(more);
    }

    @Override
    public Set<String> owns() {
        return Set.of(
                Header.VARY.toString(),
                ALLOW_ORIGIN.toString(),
                ALLOW_METHODS.toString(),
                ALLOW_HEADERS.toString(),
                EXPOSE_HEADERS.toString());
    }

    @Override
    public List<Header> headersFor(Head head) {
        if (!head.hasOrigin()) return sameOrigin;
        return head.isOptions() ? preflight(head.requestedHeaders()) : otherOrigin;
    }

    /// What was asked for is allowed, whatever it is; the method is not looked at.
    private static List<Header> preflight(@Nullable String requestedHeaders) {
        if (requestedHeaders == null || requestedHeaders.isEmpty()) return PREFLIGHT;
        List<Header> headers = new ArrayList<>(PREFLIGHT);
        headers.add(new Header(ALLOW_HEADERS, requestedHeaders));
        return headers;
    }
}
