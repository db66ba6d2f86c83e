package dev.jackstaff.relay.config;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Location;
import org.jspecify.annotations.Nullable;

/// One value that is in force, for a person who wonders where it comes from. Immutable.
///
/// @param path  dots between the parts, list items by number: `flagsets.0.retriever.path`
/// @param value as text; secrets are left out
/// @param from  the place in a file, or the environment variable; null for a default
public record EffectiveSetting(String path, String value, @Nullable Location from) {
    public EffectiveSetting {
        requireNonNull(path, "path");
        requireNonNull(value, "value");
    }

    /// `server.port: 8080  (goff-proxy.yaml:3:9)`.
    @Override
    public String toString() {
        return path + ": " + value + "  (" + (from == null ? "default" : from) + ")";
    }
}
