package dev.jackstaff.relay.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the URL space with one rule on who may come in. Within an area a caller is identified before anything else is
/// told, also whether a path exists.
enum Area {
    /// Everything outside the prefixes: nobody is asked.
    OPEN,
    /// Evaluation and all else about the flags of one flag set.
    FLAGS,
    ADMIN,
    STREAMS;

    static final List<String> PREFIXES = List.of("/v1", "/ofrep/v1", "/openfeature/v0", "/admin/v1", "/stream/v1");

    static Area of(String path) {
        if (covers("/v1", path) || covers("/ofrep/v1", path) || covers("/openfeature/v0", path)) return FLAGS;
        if (covers("/admin/v1", path)) return ADMIN;
        return covers("/stream/v1", path) ? STREAMS : OPEN;
    }

    /// The one of [#PREFIXES] that a path lies below; null for those outside.
    static @Nullable String prefixOf(String path) {
        for (String prefix : PREFIXES) if (covers(prefix, path)) return prefix;
        return null;
    }

    private static boolean covers(String prefix, String path) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
