package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.runtime.ConfiguredExporter;
import dev.jackstaff.runtime.ExportOptions;
import dev.jackstaff.runtime.FlagSetOptions;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.ExporterFactory;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.RetrieverFactory;
import dev.jackstaff.spi.Revision;
import dev.jackstaff.spi.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where one flag set comes from, who gets it and how it is kept current. Immutable.
///
/// @param keys       what opens this flag set and no other; empty where there is only one for everybody
/// @param retrievers in order: a later one's definition of a flag wins
/// @param exporters  where its events go; each gets all events of its type
/// @param rate       how often may be asked with each of the keys that open it; null for any
/// @param quietStart whether flags that are there at the start are no change that anybody is told of
public record FlagSetConfig(
        Set<KeyDigest> keys,
        List<RetrieverConfig> retrievers,
        List<ExporterConfig> exporters,
        @Nullable RequestRate rate,
        boolean quietStart,
        FlagSetOptions options) {

    public FlagSetConfig {
        keys = Set.copyOf(keys);
        retrievers = List.copyOf(retrievers);
        exporters = List.copyOf(exporters);
    }

    /// Unique among the flag sets of a configuration.
    public String name() {
        return options.name();
    }

    /// Whether both serve the same flags in the same way and send events to the same places; keys and their
    /// rate do not matter.
    public boolean servesLike(FlagSetConfig other) {
        return retrievers.equals(other.retrievers)
                && exporters.equals(other.exporters)
                && options.equals(other.options);
    }

    /// Their order is that of the configuration.
    public List<Retriever> createRetrievers() throws InvalidSettingsException {
        List<Retriever> created = new ArrayList<>();
        for (RetrieverConfig retriever : retrievers) created.add(retriever.create());
        return created;
    }

    /// Their order is that of the configuration.
    public List<ConfiguredExporter> createExporters() throws InvalidSettingsException {
        List<ConfiguredExporter> created = new ArrayList<>();
        for (ExporterConfig exporter : exporters) created.add(exporter.create());
        return created;
    }

    /// One retriever.
    ///
    /// @param settings `kind` and what that kind takes, key to value
    /// @param syntax   the notation, where it is known for this one alone; null to go by the flag set's
    public record RetrieverConfig(Map<String, @Nullable Object> settings, @Nullable Syntax syntax) {
        public RetrieverConfig {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }

        /// A new retriever from these settings. Opens nothing.
        ///
        /// @throws InvalidSettingsException with GO Feature Flag's messages
        public Retriever create() throws InvalidSettingsException {
            String kind = String.valueOf(Objects.requireNonNullElse(settings.get("kind"), ""));
            for (RetrieverFactory factory : ServiceLoader.load(RetrieverFactory.class)) {
                if (!factory.kind().equals(kind)) continue;
                Retriever retriever = factory.create(new Settings(kind, settings));
                return syntax == null ? retriever : new FixedSyntax(retriever, syntax);
            }
            throw new InvalidSettingsException(List.of("invalid retriever: kind \"" + kind + "\" is not supported"));
        }

        /// The kinds that are installed, in order.
        static List<String> kinds() {
            return ServiceLoader.load(RetrieverFactory.class)
                    .stream()
                    .map(factory -> factory.get().kind())
                    .sorted()
                    .toList();
        }

        /// Settings can hold secrets.
        @Override
        public String toString() {
            return "RetrieverConfig[kind=" + settings.get("kind") + "]";
        }
    }

    /// One exporter.
    ///
    /// @param settings `kind`, what all exporters take and what that kind takes, key to value
    public record ExporterConfig(Map<String, @Nullable Object> settings) {
        private static final Set<String> OF_ALL = Set.of("kind", "eventType", "flushInterval", "maxEventInMemory");

        public ExporterConfig {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }

        /// A new exporter from these settings. Opens nothing.
        ///
        /// @throws InvalidSettingsException with GO Feature Flag's messages where it has them
        public ConfiguredExporter create() throws InvalidSettingsException {
            return create(new ArrayList<>());
        }

        /// @param warnings gets what works and is probably not meant
        ConfiguredExporter create(List<String> warnings) throws InvalidSettingsException {
            String kind = String.valueOf(Objects.requireNonNullElse(settings.get("kind"), ""));
            for (ExporterFactory factory : ServiceLoader.load(ExporterFactory.class)) {
                if (!factory.kind().equals(kind)) continue;
                Settings read = new Settings("exporter", kind, settings);
                ExportOptions options = ExportOptions.read(read);
                Exporter exporter = factory.create(options.type(), read);
                warnings.addAll(read.warnings());
                Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                known.addAll(OF_ALL);
                known.addAll(factory.keys());
                for (String key : read.keys())
                    if (!known.contains(key))
                        warnings.add("exporter kind \"" + kind + "\" has no key \"" + key + "\", ignored");
                return new ConfiguredExporter(kind, exporter, options);
            }
            throw new InvalidSettingsException(List.of("invalid exporter: kind \"" + kind + "\" is not supported"));
        }

        /// The kinds that are installed, in order.
        static List<String> kinds() {
            return ServiceLoader.load(ExporterFactory.class)
                    .stream()
                    .map(factory -> factory.get().kind())
                    .sorted()
                    .toList();
        }

        /// Settings can hold secrets.
        @Override
        public String toString() {
            return "ExporterConfig[kind=" + settings.get("kind") + "]";
        }
    }

    /// A retriever whose notation somebody else knows, by the file's extension.
    private record FixedSyntax(Retriever retriever, Syntax fixed) implements Retriever {
        @Override
        public String source() {
            return retriever.source();
        }

        @Override
        public Optional<Syntax> syntax() {
            return Optional.of(fixed);
        }

        @Override
        public void init(Duration limit) throws IOException {
            retriever.init(limit);
        }

        @Override
        public Retrieval retrieve(@Nullable Revision known, Duration limit) throws IOException {
            return retriever.retrieve(known, limit);
        }

        @Override
        public void close() {
            retriever.close();
        }
    }
}
