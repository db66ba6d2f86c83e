package dev.jackstaff.relay.config;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything the relay has to know before it starts. Immutable.
///
/// @param server               where it listens
/// @param flags                what it serves
/// @param keys                 who may come in
/// @param log                  what it says
/// @param disableVersionHeader whether answers keep quiet about the version
/// @param hideBanner           whether the start-up banner is left out
/// @param problems             warnings only: the configuration is usable
public record RelayConfig(
        Server server,
        FlagSetConfig flags,
        AuthorizedKeys keys,
        Log log,
        boolean disableVersionHeader,
        boolean hideBanner,
        List<Problem> problems) implements ConfigReading {

    public RelayConfig {
        requireNonNull(server, "server");
        requireNonNull(flags, "flags");
        requireNonNull(keys, "keys");
        requireNonNull(log, "log");
        problems = List.copyOf(problems);
    }

    /// @param host address to bind, all of them by default
    /// @param port 1031 by default; 0 takes any that is free
    public record Server(String host, int port) {}

    /// @param level what is less severe is not logged
    public record Log(Level level, Format format) {

        /// Severity. The original's `dpanic`, `panic` and `fatal` read as `error`, the most severe there is here.
        public enum Level {
            DEBUG,
            INFO,
            WARN,
            ERROR
        }

        /// One line an event, either way.
        public enum Format {
            JSON,
            LOGFMT
        }
    }

    /// Reads a configuration file, or finds one: `goff-proxy.yaml`, `.toml`, `.json`, `.yml` in the working directory,
    /// `/goff/` and `/etc/opt/goff/`, the first that exists.
    ///
    /// @param file      the file to read, or null to look for one
    /// @param flagFiles flag files to serve instead of what the configuration retrieves; with them no configuration file
    ///                  is needed
    public static ConfigReading read(@Nullable Path file, List<Path> flagFiles) {
        return ConfigReader.read(ConfigFile.read(file, Path.of("")), flagFiles);
    }
}
