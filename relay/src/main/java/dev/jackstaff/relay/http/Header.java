package dev.jackstaff.relay.http;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/// One line of an answer's head. A header that would break the head cannot be built.
public record Header(CharSequence name, CharSequence value) {
    static final CharSequence ALLOW = AsciiString.cached("allow");
    static final CharSequence CONNECTION = AsciiString.cached("connection");
    static final CharSequence CONTENT_TYPE = AsciiString.cached("content-type");
    static final CharSequence ETAG = AsciiString.cached("etag");
    static final CharSequence VARY = AsciiString.cached("vary");

    public Header {
        String problem = problem(name, true);
        if (problem == null) problem = problem(value, false);
        if (problem != null) throw new IllegalArgumentException(problem);
    }

    static Header of(CharSequence name, String value) {
        return new Header(name, AsciiString.cached(value));
    }

    private static @Nullable String problem(CharSequence text, boolean isName) {
        if (isName && text.isEmpty()) return "empty header name";
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed =
                    isName ? c > ' ' && c < 0x7F && c != ':' : c >= ' ' && c != 0x7F && c <= 0xFF || c == '\t';
            if (!allowed) return "character " + (int) c + " in header " + (isName ? "name" : "value");
        }
        return null;
    }
}
