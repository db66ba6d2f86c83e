package dev.jackstaff.relay.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The opening handshake of a WebSocket (RFC 6455, 4.2.1), version 13. Any origin may open one: keys travel in the address, not
/// in cookies.
final class Handshake {
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    /// What a request that is none gets, as the original's library answers it (gorilla/websocket, Upgrade).
    static final Response REFUSAL = Response.line(400, "Bad Request").with("sec-websocket-version", VERSION);

    private Handshake() {}

    /// Whether the head is one and no body follows.
    static boolean isSound(HttpServerRequest request, boolean hasBody) {
        MultiMap headers = request.headers();
        return !hasBody
                && request.version() == HttpVersion.HTTP_1_1
                && lists(headers.getAll("connection"), "upgrade")
                && lists(headers.getAll("upgrade"), "websocket")
                && lists(headers.getAll("sec-websocket-version"), VERSION)
                && isKey(headers.get("sec-websocket-key"));
    }

    private static boolean lists(List<String> lines, String token) {
        for (String line : lines)
            for (String listed : line.split(",", -1)) if (listed.strip().equalsIgnoreCase(token)) return true;
        return false;
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
