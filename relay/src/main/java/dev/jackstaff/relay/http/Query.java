package dev.jackstaff.relay.http;

import org.jspecify.annotations.Nullable;

/// The query part of a request's target.
final class Query {
    private Query() {}

    /// Whether a parameter of this name is there, with any value or none. Names are compared after decoding; a piece with
    /// a `;` or a broken escape is dropped (Go's `net/url`, ParseQuery).
    static boolean has(@Nullable String query, String name) {
        if (query == null) return false;
        for (String piece : query.split("&", -1)) {
            if (piece.indexOf(';') >= 0) continue;
            int equals = piece.indexOf('=');
            String key = Percent.decode((equals < 0 ? piece : piece.substring(0, equals)).replace('+', ' '));
            boolean valueReads = equals < 0 || Percent.isWellFormed(piece, equals + 1);
            if (valueReads && name.equals(key)) return true;
        }
        return false;
    }
}
