package dev.jackstaff.cli;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.RetrieverFactory;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where a command gets its flags from: files, standard input, or a retriever with GO Feature Flag's options.
final class SourceOptions {
    private static final Pattern KEY_IN_MESSAGE = Pattern.compile("(?<=no \")\\w+(?=\" property)");

    private final InputStream in;

    @Option(names = {"-f", "--format"}, paramLabel = "yaml|json|toml",
            description = "Notation of the flags. By default the file's extension tells, else it is yaml.")
    private @Nullable Syntax format;

    @Option(names = {"-c", "--config"}, hidden = true, paramLabel = "FILE")
    private @Nullable String config;

    @Mixin
    private RetrieverOptions retriever = new RetrieverOptions();

    SourceOptions(InputStream in) {
        this.in = in;
    }

    /// What the command line names: the files, and what the retriever's options say. Nothing named means the flag file at
    /// one of the usual places.
    List<FlagSource> sources(List<String> files) throws CommandFailedException {
        List<FlagSource> sources = new ArrayList<>();
        for (String file : files) sources.add(file(file));
        Map<String, @Nullable Object> settings = settings();
        boolean isFile = "file".equals(settings.get("kind"));
        String path = (String) settings.get("path");
        if (isFile && path != null) sources.add(file(path));
        if (!isFile) sources.add(retrieved(settings));
        if (sources.isEmpty()) sources.add(file(found()));
        return sources;
    }

    /// The retriever's settings, the deprecated names resolved.
    Map<String, @Nullable Object> settings() {
        Map<String, @Nullable Object> settings = retriever.settings();
        if (config != null) settings.putIfAbsent("path", config);
        return settings;
    }

    private static String found() throws CommandFailedException {
        return FlagSource.findDefault()
                .orElseThrow(() -> new CommandFailedException(
                        "impossible to find config file in the default locations ["
                                + String.join(",", FlagSource.DEFAULT_FOLDERS)
                                + "]",
                        "name a flag file, or - for standard input"));
    }

    private FlagSource file(String path) throws CommandFailedException {
        if (path.equals("-")) return new FlagSource.StandardInput(in, Objects.requireNonNullElse(format, Syntax.YAML));
        try {
            return FlagSource.Retrieved.file(path, format);
        } catch (InvalidSettingsException e) {
            throw invalid(e);
        }
    }

    private FlagSource retrieved(Map<String, @Nullable Object> settings) throws CommandFailedException {
        try {
            return FlagSource.Retrieved.of(settings, Optional.ofNullable(format).orElseGet(() -> syntaxIn(settings)));
        } catch (InvalidSettingsException e) {
            throw invalid(e);
        }
    }

    private static Syntax syntaxIn(Map<String, @Nullable Object> settings) {
        for (String place : List.of("path", "url", "object", "item", "key"))
            if (settings.get(place) instanceof String name) return FlagSource.syntaxOf(name);
        return Syntax.YAML;
    }

    /// Keys are called after their options here, as in GO Feature Flag.
    private static CommandFailedException invalid(InvalidSettingsException e) {
        List<String> problems = e.problems()
                .stream()
                .map(problem -> KEY_IN_MESSAGE.matcher(problem).replaceAll(key -> kebab(key.group())))
                .toList();
        List<String> next = new ArrayList<>(problems.subList(1, problems.size()));
        next.add("kinds: " + String.join(", ", kinds()) + "; for the options of each: --help");
        return new CommandFailedException(problems.getFirst(), next);
    }

    private static List<String> kinds() {
        return ServiceLoader.load(RetrieverFactory.class)
                .stream()
                .map(factory -> factory.get().kind())
                .sorted()
                .toList();
    }

    private static String kebab(String key) {
        return key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
