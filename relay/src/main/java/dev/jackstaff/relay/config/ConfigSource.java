package dev.jackstaff.relay.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a configuration is read from, again and again if need be. Immutable; what the files say can change.
public final class ConfigSource {
    private final @Nullable Path file;
    private final List<Path> flagFiles;
    private final Map<String, String> environment;

    /// @param file        the configuration file, or null to look for one
    /// @param flagFiles   flag files to serve instead of what the configuration retrieves
    /// @param environment variables that win over the file
    public ConfigSource(@Nullable Path file, List<Path> flagFiles, Map<String, String> environment) {
        this.file = file;
        this.flagFiles = List.copyOf(flagFiles);
        this.environment = Map.copyOf(environment);
    }

    /// Reads it as it is now.
    public ConfigReading read() {
        return ConfigReader.read(ConfigFile.read(file, Path.of("")), this);
    }

    List<Path> flagFiles() {
        return flagFiles;
    }

    Map<String, String> environment() {
        return environment;
    }
}
