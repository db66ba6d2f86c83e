package dev.jackstaff.outgoing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Where a redirect may lead, and what goes along. Stricter than Go's client, which sends headers it does not know and
/// bodies to any host.
final class Redirects {
    /// As many as Go's client follows.
    static final int MOST = 10;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /// What tells a foreign host nothing but what kind of answer is wanted.
    private static final Set<String> HARMLESS = Set.of("accept", "accept-encoding", "accept-language", "user-agent");

    private Redirects() {}

    static boolean isRedirect(OutgoingResponse response) {
        return STATUSES.contains(response.status()) && response.header("Location").isPresent();
    }

    /// The request that follows a redirect.
    ///
    /// To another host, port or scheme go neither configured headers nor a body; from TLS nothing goes to plain text. The
    /// one change of origin that keeps everything is the step from `http` to `https` on the default ports of one host.
    ///
    /// @throws IOException when it must not be followed
    static OutgoingRequest follow(OutgoingRequest request, OutgoingResponse response) throws IOException {
        URI from = request.uri();
        URI to = target(request, response);
        String step = "the redirect from " + request.target() + " to " + OutgoingRequest.shown(to);
        if (isSecure(from) && !isSecure(to)) throw new IOException(step + " leaves TLS and is not followed");
        boolean keepsMethod = response.status() >= 307 || request.method().equals("HEAD");
        if (isSameHost(from, to)) {
            return keepsMethod
                    ? new OutgoingRequest(request.method(), to, request.headers(), request.body())
                    : new OutgoingRequest("GET", to, without(request.headers(), "Content-Type"),
                            BodyPublishers.noBody());
        }
        if (keepsMethod && request.body().contentLength() != 0)
            throw new IOException(step + " would send the body to another host and is not followed");
        return new OutgoingRequest(keepsMethod ? request.method() : "GET", to, harmless(request.headers()),
                BodyPublishers.noBody());
    }

    private static URI target(OutgoingRequest request, OutgoingResponse response) throws IOException {
        try {
            URI to = request.uri().resolve(response.header("Location").orElse("").strip());
            if (isHttp(to) && to.getHost() != null && to.getRawUserInfo() == null) return to;
        } catch (IllegalArgumentException malformed) {
            // told below, without the text: it is the server's and may be anything
        }
        throw new IOException(request.target() + " redirects to something that is no http(s) URL");
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || isSecure(uri);
    }

    private static boolean isSecure(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    private static boolean isSameHost(URI from, URI to) {
        if (!from.getHost().equalsIgnoreCase(to.getHost())) return false;
        if (isSecure(from) == isSecure(to)) return port(from) == port(to);
        return port(from) == 80 && port(to) == 443;
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) return uri.getPort();
        return isSecure(uri) ? 443 : 80;
    }

    private static Map<String, List<String>> harmless(Map<String, List<String>> headers) {
        Map<String, List<String>> kept = new TreeMap<>(headers);
        kept.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
        return kept;
    }

    private static Map<String, List<String>> without(Map<String, List<String>> headers, String name) {
        Map<String, List<String>> rest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        rest.putAll(headers);
        rest.remove(name);
        return rest;
    }
}
