package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.runtime.FlagSetOptions;
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
import org.jspecify.annotations.Nullable;

/// Where one flag set comes from, who gets it and how it is kept current. Immutable.
///
/// @param keys       what opens this flag set and no other; empty where there is only one for everybody
/// @param retrievers in order: a later one's definition of a flag wins
public record FlagSetConfig(Set<KeyDigest> keys, List<RetrieverConfig> retrievers, FlagSetOptions options) {

    public FlagSetConfig {
        keys = Set.copyOf(keys);
        retrievers = List.copyOf(retrievers);
    }

    /// Unique among the flag sets of a configuration.
    public String name() {
        return options.name();
    }

    /// Whether both serve the same flags in the same way; keys do not matter.
    public boolean servesLike(FlagSetConfig other) {
        return retrievers.equals(other.retrievers) && options.equals(other.options);
    }

    /// Their order is that of the configuration.
    public List<Retriever> createRetrievers() throws InvalidSettingsException {
        List<Retriever> created = new ArrayList<>();
        for (RetrieverConfig retriever : retrievers) created.add(retriever.create());
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
