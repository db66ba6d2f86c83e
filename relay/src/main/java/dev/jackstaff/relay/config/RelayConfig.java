package dev.jackstaff.relay.config;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything the relay has to know before it starts. Immutable.
///
/// @param server               where it listens
/// @param tls                  the certificates it shows and asks for, on every port; null for none
/// @param flagSets             what it serves: one flag set without keys of its own for everybody who may come in, or
///                             several that are told apart by their keys; never empty, names are unique
/// @param keys                 who may come in beside those with a flag set's key
/// @param log                  what it says
/// @param disableVersionHeader whether answers keep quiet about the version
/// @param hideBanner           whether the start-up banner is left out
/// @param bulkMetricFlagNames  whether metrics count answers about several flags for each flag, too
/// @param eventStreams         whether answers to OFREP clients name a stream that tells them to ask again
/// @param tracing              where traces go; null for nowhere
/// @param documentation        what the API's documentation says; null where none is served
/// @param staleLimit           after how long without a good refresh the relay is not ready any more; null for never
/// @param limits               what clients can ask of it
/// @param deadline             how long requests may take
/// @param settings             every value in force and where it comes from, without secrets
/// @param source               where it was read
/// @param files                every file that had a part in it, secrets included
/// @param problems             warnings only: the configuration is usable
public record RelayConfig(
        Server server,
        @Nullable ServerTls tls,
        List<FlagSetConfig> flagSets,
        AuthorizedKeys keys,
        Log log,
        boolean disableVersionHeader,
        boolean hideBanner,
        boolean bulkMetricFlagNames,
        boolean eventStreams,
        @Nullable Tracing tracing,
        @Nullable Documentation documentation,
        @Nullable Duration staleLimit,
        ClientLimits limits,
        DeadlineConfig deadline,
        List<EffectiveSetting> settings,
        ConfigSource source,
        Set<Path> files,
        List<Problem> problems) implements ConfigReading {

    public RelayConfig {
        requireNonNull(server, "server");
        flagSets = List.copyOf(flagSets);
        requireNonNull(keys, "keys");
        requireNonNull(log, "log");
        requireNonNull(limits, "limits");
        requireNonNull(deadline, "deadline");
        settings = List.copyOf(settings);
        files = Set.copyOf(files);
        problems = List.copyOf(problems);
    }

    /// Whether a caller's key says which flag set it is about.
    public boolean servesByKey() {
        return flagSets.stream().anyMatch(flagSet -> !flagSet.keys().isEmpty());
    }

    /// @param host           address to bind, all of them by default; for both ports
    /// @param port           1031 by default; 0 takes any that is free
    /// @param monitoringPort where health and other public routes answer, and only there; null for the main port
    /// @param unixSocket     the file to listen on instead of `port`, or null
    /// @param compression    whether answers are compressed for clients that ask for it
    public record Server(
            String host, int port, @Nullable Integer monitoringPort, @Nullable Path unixSocket,
            boolean compression) {}

    /// OpenTelemetry's own settings, by their names (`otel.exporter.otlp.endpoint`). Immutable.
    public record Tracing(Map<String, String> settings) {
        public Tracing {
            settings = Map.copyOf(settings);
        }

        /// Headers for the receiver are secrets.
        @Override
        public String toString() {
            return "Tracing" + settings.keySet();
        }
    }

    /// @param server where clients find the relay, scheme and host, as documentation tells them; null for where they have
    ///               found the documentation
    public record Documentation(@Nullable String server) {}

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

    /// Whether flags are for everybody, without a key.
    public boolean isOpen() {
        return !servesByKey() && keys.evaluation().isEmpty();
    }

    /// Reads a configuration file, or finds one: `goff-proxy.yaml`, `.toml`, `.json`, `.yml` in the working directory,
    /// `/goff/` and `/etc/opt/goff/`, the first that exists. Environment variables win over it.
    ///
    /// @param file      the file to read, or null to look for one
    /// @param flagFiles flag files to serve instead of what the configuration retrieves; with them no configuration file
    ///                  is needed
    public static ConfigReading read(@Nullable Path file, List<Path> flagFiles) {
        return new ConfigSource(file, flagFiles, System.getenv()).read();
    }
}
