package dev.jackstaff.relay.publication;

import dev.jackstaff.formats.json.Body;
import org.jspecify.annotations.Nullable;

/// An answer with its validator, so that who has it already need not get it again. Immutable.
///
/// @param body null where it was not worked out, because the caller has it
/// @param etag in the form of [Body#etag]
public record Tagged(@Nullable Body body, String etag) {

    static Tagged of(Body body) {
        return new Tagged(body, body.etag());
    }

    /// Whether `ifNoneMatch` names this very answer. It is compared as one opaque string, with and without `W/`; lists
    /// and `*` never match (echo-etag 4.0.5).
    public boolean isKnownBy(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null && names(ifNoneMatch, etag);
    }

    static boolean names(String ifNoneMatch, String etag) {
        return ifNoneMatch.equals(etag)
                || (ifNoneMatch.length() == etag.length() + 2
                        && ifNoneMatch.startsWith("W/")
                        && ifNoneMatch.endsWith(etag));
    }
}
