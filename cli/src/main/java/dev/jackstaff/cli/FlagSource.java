package dev.jackstaff.cli;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.formats.Formats;
import dev.jackstaff.relay.config.FlagSetConfig.RetrieverConfig;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A place that has one flag document.
sealed interface FlagSource {
    /// Where a flag file is looked for when none is named (`cmd/cli/helper/read_config_file.go`), names first.
    List<String> DEFAULT_NAMES = List.of("flags.goff.yaml", "flags.goff.toml", "flags.goff.json", "flags.goff.yml");
    List<String> DEFAULT_FOLDERS = List.of("./", "/goff/", "/etc/opt/goff/");

    /// How long retrieving may take. A retriever's own `timeout` is usually shorter.
    Duration LIMIT = Duration.ofSeconds(60);

    /// The name people know it by.
    String name();

    /// Reads the document; a source can be read once.
    ///
    /// @throws IOException with a message that says what was asked for and what happened
    Document open() throws IOException;

    /// What the process is fed with, called `-`.
    record StandardInput(InputStream in, Syntax syntax) implements FlagSource {
        @Override
        public String name() {
            return "-";
        }

        @Override
        public Document open() throws IOException {
            return Formats.open(syntax, name(), in.readAllBytes());
        }
    }

    /// What a retriever brings, a file from the disk included.
    ///
    /// @param fallback the notation, unless the place decides it
    record Retrieved(Retriever retriever, Syntax fallback) implements FlagSource {

        /// @param settings `kind` and what that kind takes
        static Retrieved of(Map<String, @Nullable Object> settings, Syntax fallback) throws InvalidSettingsException {
            return new Retrieved(new RetrieverConfig(settings, null).create(), fallback);
        }

        /// A file on the disk; its extension tells the notation, unless the caller does.
        static Retrieved file(String path, @Nullable Syntax said) throws InvalidSettingsException {
            return of(Map.of("kind", "file", "path", path), Objects.requireNonNullElseGet(said, () -> syntaxOf(path)));
        }

        @Override
        public String name() {
            return retriever.source();
        }

        @Override
        public Document open() throws IOException {
            try (retriever) {
                retriever.init(LIMIT);
                Retrieval retrieval = retriever.retrieve(null, LIMIT);
                if (!(retrieval instanceof Retrieval.Content content))
                    throw new IOException("cannot read " + name() + ": the retriever has no content");
                return Formats.open(retriever.syntax().orElse(fallback), name(), content.bytes());
            }
        }
    }

    /// The first flag file at one of the usual places.
    static Optional<String> findDefault() {
        return DEFAULT_FOLDERS.stream()
                .flatMap(folder -> DEFAULT_NAMES.stream().map(name -> folder.equals("./") ? name : folder + name))
                .filter(path -> Files.isRegularFile(Path.of(path)))
                .findFirst();
    }

    /// By the extension of a path or URL; YAML where it says nothing, which JSON is, too.
    static Syntax syntaxOf(String place) {
        String path = place.replaceFirst("[?#].*", "").toLowerCase(Locale.ROOT);
        return Stream.of(Syntax.JSON, Syntax.TOML)
                .filter(syntax -> path.endsWith("." + syntax.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(Syntax.YAML);
    }
}
