package dev.jackstaff.engine.document;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// One thing that is wrong, or looks wrong, in a flag file: where it is, what it is, and what would be right.
///
/// Problems are values: readers and compilers collect them all and hand them over together. Immutable.
///
/// @param severity what becomes of the flag or file that has it
/// @param flagKey  the flag it belongs to, or null when it belongs to the file
/// @param path     the way from the file's root to the place, dots between the parts, list items by number:
///                 `beta.targeting.0.query`; empty for the file as a whole
/// @param location where a person finds it
/// @param message  what is wrong; for flag validation the text of GO Feature Flag (`modules/core/flag`), which
///                 people search for
/// @param hint     what would be right, a sentence fragment such as `did you mean "percentage"?`, or null
public record Problem(
        Severity severity,
        @Nullable String flagKey,
        String path,
        Location location,
        String message,
        @Nullable String hint) {

    /// What a problem does to the thing that has it.
    public enum Severity {
        /// The flag, or the file, is not used.
        ERROR,
        /// It is used as it stands and probably does not do what its author meant.
        WARNING
    }

    public Problem {
        requireNonNull(severity, "severity");
        requireNonNull(path, "path");
        requireNonNull(location, "location");
        requireNonNull(message, "message");
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// `flags.yaml:14:3: error: beta.query: unknown operator (try "co")`.
    @Override
    public String toString() {
        return location + ": " + (isError() ? "error" : "warning") + ": " + (path.isEmpty() ? "" : path + ": ") + message
                + (hint == null ? "" : " (" + hint + ")");
    }
}
