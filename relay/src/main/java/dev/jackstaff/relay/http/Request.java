package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import org.jspecify.annotations.Nullable;

/// What a handler may know of one request. Immutable; nothing in it leads back to the connection.
///
/// @param flagKey     the key in the path, decoded once; empty on routes without one
/// @param style       how the answer is laid out
/// @param contentType the first `Content-Type` line as sent, or null
/// @param ifNoneMatch the first `If-None-Match` line as sent, or null
/// @param accept      the first `Accept` line of a `GET` as sent, or null
/// @param body        the whole body; null when there is none (`Content-Length: 0` included), which differs from a
///                    chunked body of zero bytes
public record Request(
        String flagKey,
        Style style,
        @Nullable String contentType,
        @Nullable String ifNoneMatch,
        @Nullable String accept,
        @Nullable Body body) {

    private static final String JSON = "application/json";

    /// Whether the body claims to be JSON. Letter case counts and parameters do not, as in the original.
    public boolean isJson() {
        if (contentType == null) return false;
        if (contentType.equals(JSON)) return true;
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip().equals(JSON);
    }
}
