package dev.jackstaff.runtime;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.spi.Exporter;

/// An exporter and how it is given its events.
///
/// @param kind what a configuration calls it
public record ConfiguredExporter(String kind, Exporter exporter, ExportOptions options) {
    public ConfiguredExporter {
        requireNonNull(kind, "kind");
        requireNonNull(exporter, "exporter");
        requireNonNull(options, "options");
    }
}
