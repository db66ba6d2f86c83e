package dev.jackstaff.outgoing;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is asked of a server. Immutable, and may be sent any number of times.
///
/// @param uri     `http` or `https`; a user and password in it become an `Authorization` header, as in Go's client
/// @param headers by name in any letter case. Those that frame the message (`Host`, `Content-Length`, `Connection` and the
///                like) are the client's own and left out
/// @param body    one that can be sent again, such as those from arrays and texts
public record OutgoingRequest(String method, URI uri, Map<String, List<String>> headers, BodyPublisher body) {
    private static final int LONGEST_TARGET = 300;

    public OutgoingRequest {
        requireNonNull(method, "method");
        requireNonNull(body, "body");
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null) throw new IllegalArgumentException("no http(s) URL with a host");
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /// The same request with one header more, or another value for it.
    public OutgoingRequest withHeader(String name, String value) {
        Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, List.of(value));
        return new OutgoingRequest(method, uri, more, body);
    }

    boolean has(String header) {
        return headers.containsKey(header);
    }

    /// Where it goes, for messages: without user, password, query and fragment.
    public String target() {
        return shown(uri);
    }

    /// A URL for messages: without user, password, query and fragment, and not longer than a line.
    public static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String shown = uri.getScheme() + "://" + uri.getHost() + port + path;
        return shown.length() <= LONGEST_TARGET ? shown : shown.substring(0, LONGEST_TARGET) + "...";
    }

    /// Headers, query and body may hold secrets.
    @Override
    public String toString() {
        return method + " " + target();
    }
}
