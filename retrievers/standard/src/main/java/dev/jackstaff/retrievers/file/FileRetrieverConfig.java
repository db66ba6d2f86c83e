package dev.jackstaff.retrievers.file;

import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import java.nio.file.Path;

/// @param path     the flag file; relative to the folder the process was started in
/// @param maxBytes the largest file that is read
record FileRetrieverConfig(Path path, int maxBytes) {

    /// About 150,000 flags.
    static final int DEFAULT_MAX_BYTES = 128 * 1024 * 1024;

    FileRetrieverConfig {
        if (maxBytes < 1) throw new IllegalArgumentException("maxBytes < 1: " + maxBytes);
    }

    static FileRetrieverConfig read(Settings settings) throws InvalidSettingsException {
        settings.required("path");
        Path path = settings.path("path").orElse(Path.of(""));
        int maxBytes = settings.size("maxBytes", DEFAULT_MAX_BYTES);
        settings.check();
        return new FileRetrieverConfig(path, maxBytes);
    }
}
