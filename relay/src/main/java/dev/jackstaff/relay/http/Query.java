package dev.jackstaff.relay.http;

import org.jspecify.annotations.Nullable;

/// The query part of a request's target.
final class Query {
    private Query() {}

    /// Whether a parameter of this name is there, with any value or none.
    static boolean has(@Nullable String query, String name) {
        return first(query, name) != null;
    }

    /// The first value of a parameter, one char a byte; empty when it has none, null when it is not there. Names are
    /// compared after decoding; a piece with a `;` or a broken escape is dropped (Go's `net/url`, ParseQuery).
    static @Nullable String first(@Nullable String query, String name) {
        if (query == null) return null;
        for (String piece : query.split("&", -1)) {
            if (piece.indexOf(';') >= 0) continue;
            int equals = piece.indexOf('=');
            if (!name.equals(bytes(equals < 0 ? piece : piece.substring(0, equals)))) continue;
            String value = equals < 0 ? "" : bytes(piece.substring(equals + 1));
            if (value != null) return value;
        }
        return null;
    }

    private static @Nullable String bytes(String text) {
        return Percent.bytes(text.replace('+', ' '));
    }
}
