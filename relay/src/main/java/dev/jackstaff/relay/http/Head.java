package dev.jackstaff.relay.http;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The head of one request, as far as somebody asks: the first stage. Immutable.
///
/// @param lacksHost        whether it is of HTTP/1.1 and does not say which host it is for, which RFC 9112 forbids
/// @param path             as sent, not decoded, without query
/// @param hasOrigin        whether a page of some origin asks; an empty `Origin` is none
/// @param requestedHeaders what a preflight request asks to be allowed, or null
/// @param accept           what a `GET` would like to get, or null
/// @param credentials      what the caller presents
/// @param flagSet          the query parameter `flagset`, or null
/// @param contentLength    as declared; 0 when not
/// @param chunked          whether a body of unknown length follows; whether one may, on HTTP/2
record Head(
        HttpMethod method,
        boolean lacksHost,
        String path,
        Style style,
        boolean hasOrigin,
        @Nullable String requestedHeaders,
        @Nullable String contentType,
        @Nullable String ifNoneMatch,
        @Nullable String accept,
        Credentials credentials,
        @Nullable String flagSet,
        long contentLength,
        boolean chunked) {

    private static final CharSequence HOST = AsciiString.cached("host");
    private static final CharSequence ORIGIN = AsciiString.cached("origin");
    private static final CharSequence REQUESTED_HEADERS = AsciiString.cached("access-control-request-headers");
    private static final CharSequence CONTENT_TYPE = AsciiString.cached("content-type");
    private static final CharSequence CONTENT_LENGTH = AsciiString.cached("content-length");
    private static final CharSequence TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");
    private static final CharSequence API_KEY = AsciiString.cached("x-api-key");
    private static final CharSequence AUTHORIZATION = AsciiString.cached("authorization");
    private static final CharSequence ACCEPT = AsciiString.cached("accept");
    private static final CharSequence IF_NONE_MATCH = AsciiString.cached("if-none-match");

    /// Stands in for a head that could not be read.
    static final Head UNREADABLE =
            new Head(
                    HttpMethod.GET, false, "", Style.COMPACT, false, null, null, null, null,
                    new Credentials(null, List.of(), null), null, 0, false);

    /// @param debug whether every answer is in debug style
    static Head of(HttpServerRequest request, boolean debug) {
        String target = withoutAuthority(Objects.requireNonNullElse(request.uri(), ""));
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? null : target.substring(question + 1);
        MultiMap headers = request.headers();
        String origin = headers.get(ORIGIN);
        return new Head(
                request.method(),
                request.version() == HttpVersion.HTTP_1_1 && !headers.contains(HOST),
                path,
                debug ? Style.DEBUG : Query.has(query, "pretty") ? Style.PRETTY : Style.COMPACT,
                origin != null && !origin.isEmpty(),
                request.method().equals(HttpMethod.OPTIONS) ? headers.get(REQUESTED_HEADERS) : null,
                headers.get(CONTENT_TYPE),
                headers.get(IF_NONE_MATCH),
                request.method().equals(HttpMethod.GET) ? headers.get(ACCEPT) : null,
                new Credentials(
                        headers.get(API_KEY), headers.getAll(AUTHORIZATION), Query.first(query, "apiKey")),
                Query.first(query, "flagset"),
                length(headers.get(CONTENT_LENGTH)),
                headers.contains(TRANSFER_ENCODING)
                        || (request.version() == HttpVersion.HTTP_2 && !headers.contains(CONTENT_LENGTH)));
    }

    boolean isOptions() {
        return method.equals(HttpMethod.OPTIONS);
    }

    boolean hasBody() {
        return chunked || contentLength > 0;
    }

    /// `http://relay.example/health?pretty` as a proxy sends it means `/health?pretty`.
    private static String withoutAuthority(String target) {
        if (target.startsWith("/")) return target;
        int authority = target.indexOf("://");
        if (authority < 0) return target;
        int path = target.indexOf('/', authority + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    /// The HTTP decoder has refused what is no number.
    private static long length(@Nullable String declared) {
        return declared == null ? 0 : Long.parseLong(declared.strip());
    }
}
