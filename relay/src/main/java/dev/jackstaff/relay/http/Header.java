package dev.jackstaff.relay.http;

import io.netty.util.AsciiString;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One line of an answer's head. A header that would break the head cannot be built.
record Header(AsciiString name, CharSequence value) {
    static final AsciiString ALLOW = AsciiString.cached("allow");
    static final AsciiString CONNECTION = AsciiString.cached("connection");
    static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    static final AsciiString ETAG = AsciiString.cached("etag");
    static final AsciiString LINK = AsciiString.cached("link");
    static final AsciiString VARY = AsciiString.cached("vary");

    private static final AsciiString RETRY_AFTER = AsciiString.cached("retry-after");
    private static final long SECOND = 1_000_000_000;

    static final Header DEPRECATED = of(AsciiString.cached("deprecation"), "true");
    static final Header NO_SNIFFING = of(AsciiString.cached("x-content-type-options"), "nosniff");

    /// Seconds until it is worth asking again. Not the same for everybody, so that those who were refused together do not come
    /// back together.
    private static final List<Header> RETRY = IntStream.rangeClosed(3, 7)
            .mapToObj(seconds -> of(RETRY_AFTER, String.valueOf(seconds)))
            .toList();

    Header {
        String problem = problem(name, true);
        if (problem == null) problem = problem(value, false);
        if (problem != null) throw new IllegalArgumentException(problem);
    }

    static Header of(AsciiString name, String value) {
        return new Header(name, AsciiString.cached(value));
    }

    static Header retrySoon() {
        return RETRY.get(ThreadLocalRandom.current().nextInt(RETRY.size()));
    }

    /// In whole seconds, which it never ends before.
    static Header retryAfter(long nanos) {
        return new Header(RETRY_AFTER, Long.toString(Math.ceilDiv(nanos, SECOND)));
    }

    private static @Nullable String problem(CharSequence text, boolean isName) {
        if (isName && text.isEmpty()) return "empty header name";
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = isName ? isNameCharacter(c) : isValueCharacter(c);
            if (!allowed) return "character " + (int) c + " in header " + (isName ? "name" : "value");
        }
        return null;
    }

    private static boolean isNameCharacter(char c) {
        return c > ' ' && c < 0x7F && c != ':';
    }

    private static boolean isValueCharacter(char c) {
        return c == '\t' || (c >= ' ' && c != 0x7F && c <= 0xFF);
    }
}
