package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.relay.config.FlagSetConfig.ExporterConfig;
import dev.jackstaff.relay.config.FlagSetConfig.RetrieverConfig;
import dev.jackstaff.runtime.FlagSetOptions;
import dev.jackstaff.spi.InvalidSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One flag set: what stands at the top of a configuration, or in an item of its `flagsets`.
final class FlagSetReader {
    private static final Location COMMAND_LINE = Location.of("command line");

    private final Section section;
    private final Secrets secrets;
    private final Findings findings;
    private final @Nullable RequestRate rateOfAll;
    private final CompileOptions readingOfAll;

    /// @param rateOfAll    the rate where the section has none of its own; null for any
    /// @param readingOfAll how flags are read where the section does not say
    FlagSetReader(Section section, Secrets secrets, Findings findings, @Nullable RequestRate rateOfAll,
            CompileOptions readingOfAll) {
        this.section = section;
        this.rateOfAll = rateOfAll;
        this.readingOfAll = readingOfAll;
        this.secrets = secrets;
        this.findings = findings;
    }

    /// @param whereLooked helps a person who wonders why there are no retrievers, or null
    FlagSetConfig flagSet(String name, Set<KeyDigest> keys, @Nullable String whereLooked) {
        List<RetrieverConfig> retrievers = retrievers(whereLooked);
        return new FlagSetConfig(keys, retrievers, exporters(), rate(), quietStart(), options(name));
    }

    /// From flag files that were named instead of retrievers.
    FlagSetConfig flagSet(String name, List<Path> flagFiles) {
        for (int i = 0; i < flagFiles.size(); i++)
            findings.add(new EffectiveSetting(
                    section.path("retrievers") + "." + i + ".path", flagFiles.get(i).toString(), COMMAND_LINE));
        List<RetrieverConfig> retrievers = flagFiles.stream()
                .map(file -> new RetrieverConfig(
                        Map.of("kind", "file", "path", file.toString()), ConfigFile.syntaxOf(file)))
                .toList();
        return new FlagSetConfig(Set.of(), retrievers, exporters(), rate(), quietStart(), options(name));
    }

    private @Nullable RequestRate rate() {
        return RequestRate.read(section.section("limits"), rateOfAll);
    }

    private boolean quietStart() {
        return section.bool("disableNotifierOnInit", false);
    }

    private FlagSetOptions options(String name) {
        return FlagSetOptions.named(name)
                .withSyntax(fileFormat())
                .withPollingInterval(Duration.ofMillis(section.wholeNumber("pollingInterval", 60_000)))
                .withPollingJitter(section.bool("enablePollingJitter", false))
                .withStartWithRetrieverError(section.bool("startWithRetrieverError", false))
                .withLastFlags(lastFlags())
                .withCompile(compileOptions());
    }

    private @Nullable Path lastFlags() {
        String file = section.text("persistentFlagConfigurationFile", "");
        if (file.isEmpty()) return null;
        Path path = Path.of(file);
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(path))
            section.error(
                    "persistentFlagConfigurationFile", section.node("persistentFlagConfigurationFile"),
                    "no file can be written there: " + file, "a file in a folder that exists");
        return path;
    }

    private List<RetrieverConfig> retrievers(@Nullable String whereLooked) {
        if (!section.has("retriever") && section.maps("retrievers").isEmpty()) {
            section.error("retrievers", null, "no retriever available in the configuration", whereLooked);
            return List.of();
        }
        List<RetrieverConfig> retrievers = new ArrayList<>();
        for (Node.Mapping settings : section.maps("retriever"))
            retrievers.add(retriever("retriever", "retriever", settings, ""));
        List<Node.Mapping> list = section.maps("retrievers");
        for (int i = 0; i < list.size(); i++)
            retrievers.add(retriever(
                    "retrievers", "retrievers." + i, list.get(i),
                    "retriever at index " + i + " validation failed: "));
        return retrievers;
    }

    private RetrieverConfig retriever(String key, String path, Node.Mapping settings, String wrapping) {
        RetrieverConfig retriever = new RetrieverConfig(values(key, path, settings), null);
        try {
            retriever.create().close();
        } catch (InvalidSettingsException e) {
            String kinds = "this version has the kinds " + String.join(", ", RetrieverConfig.kinds());
            for (String problem : e.problems())
                section.error(key, settings, wrapping + problem, problem.endsWith("is not supported") ? kinds : null);
        }
        return retriever;
    }

    private List<ExporterConfig> exporters() {
        List<ExporterConfig> exporters = new ArrayList<>();
        for (Node.Mapping settings : section.maps("exporter"))
            exporters.add(exporter("exporter", "exporter", settings, ""));
        List<Node.Mapping> list = section.maps("exporters");
        for (int i = 0; i < list.size(); i++)
            exporters.add(exporter(
                    "exporters", "exporters." + i, list.get(i), "exporter at index " + i + " validation failed: "));
        return exporters;
    }

    private ExporterConfig exporter(String key, String path, Node.Mapping settings, String wrapping) {
        ExporterConfig exporter = new ExporterConfig(values(key, path, settings));
        List<String> warnings = new ArrayList<>();
        try {
            exporter.create(warnings).exporter().close();
        } catch (InvalidSettingsException e) {
            List<String> installed = ExporterConfig.kinds();
            String kinds = installed.isEmpty()
                    ? "this version has none"
                    : "this version has the kinds " + String.join(", ", installed);
            for (String problem : e.problems())
                section.error(key, settings, wrapping + problem, problem.endsWith("is not supported") ? kinds : null);
        }
        for (String warning : warnings) section.warning(key, settings, warning, null);
        return exporter;
    }

    /// The settings of an integration as plain values, every secret in its place.
    private Map<String, @Nullable Object> values(String key, String path, Node.Mapping settings) {
        findings.addTree(section.path(path), settings);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Node.Member member : secrets.resolved(section, key, settings).members())
            values.put(member.key().source(), Values.of(member.value()));
        return values;
    }

    private Syntax fileFormat() {
        String format = section.text("fileFormat", "yaml");
        Syntax syntax = Syntax.named(format);
        if (syntax == Syntax.YAML && !format.equalsIgnoreCase("yaml") && !format.isEmpty())
            section.warning(
                    "fileFormat", section.node("fileFormat"), "no format: \"" + format + "\", read as yaml",
                    "yaml, json or toml");
        return syntax;
    }

    private CompileOptions compileOptions() {
        return reading().withEnrichment(enrichment());
    }

    /// How flags are read, and what becomes of those that cannot be.
    CompileOptions reading() {
        return readingOfAll.withCompatibility(compatibility())
                .withStrict(section.bool("strict", readingOfAll.strict()))
                .withKeepLastGood(section.bool("keepLastGood", readingOfAll.keepLastGood()))
                .withRefuseEmpty(section.bool("refuseEmpty", readingOfAll.refuseEmpty()));
    }

    private Compatibility compatibility() {
        String ofAll = readingOfAll.compatibility().kept().isEmpty() ? "corrected" : "exact";
        String compatibility = section.text("compatibility", ofAll);
        return switch (compatibility.toLowerCase(Locale.ROOT)) {
            case "", "corrected" -> Compatibility.CORRECTED;
            case "exact" -> Compatibility.EXACT;
            default -> {
                String message = "no compatibility: \"" + compatibility + "\"";
                String hint = "corrected, or exact for the answers of GO Feature Flag with its defects";
                section.error("compatibility", section.node("compatibility"), message, hint);
                yield Compatibility.CORRECTED;
            }
        };
    }

    /// What is laid over every evaluation context; `environment` adds `env` and wins over it.
    private Map<String, @Nullable Object> enrichment() {
        Map<String, @Nullable Object> enrichment = new HashMap<>();
        Node node = section.node("evaluationContextEnrichment");
        if (node instanceof Node.Mapping mapping) {
            findings.addTree(section.path("evaluationContextEnrichment"), mapping);
            for (Node.Member member : mapping.members())
                enrichment.put(member.key().source(), Values.of(member.value()));
        } else if (node != null) {
            section.error("evaluationContextEnrichment", node, "must be a map, not " + node.kind(), null);
        }
        String environment = section.text("environment", "");
        if (!environment.isEmpty()) enrichment.put("env", environment);
        return enrichment;
    }
}
