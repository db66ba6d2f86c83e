package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.relay.config.FlagSetConfig.RetrieverConfig;
import dev.jackstaff.runtime.FlagSetOptions;
import dev.jackstaff.spi.InvalidSettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A configuration's tree to a [RelayConfig], checked in the original's order: log level, log format, server, retrievers.
final class ConfigReader {
    private static final int DEFAULT_PORT = 1031;

    /// What the one flag set is called in default mode.
    private static final String FLAG_SET = "default";

    private final Section top;
    private final List<Problem> problems;

    private ConfigReader(Section top, List<Problem> problems) {
        this.top = top;
        this.problems = problems;
    }

    static ConfigReading read(ConfigFile file, List<Path> flagFiles) {
        List<Problem> problems = new ArrayList<>(file.problems());
        Section top = new Section("", file.content(), problems);
        RelayConfig config = new ConfigReader(top, problems).config(file, flagFiles);
        return problems.stream().anyMatch(Problem::isError) ? new ConfigReading.Invalid(problems) : config;
    }

    private RelayConfig config(ConfigFile file, List<Path> flagFiles) {
        RelayConfig.Log log = new RelayConfig.Log(logLevel(), logFormat());
        RelayConfig.Server server = server();
        KnownKeys.check(top);
        List<RetrieverConfig> retrievers = flagFiles.isEmpty() ? retrievers(file) : retrieversOf(flagFiles);
        FlagSetOptions options = FlagSetOptions.named(FLAG_SET)
                .withSyntax(fileFormat())
                .withPollingInterval(Duration.ofMillis(top.wholeNumber("pollingInterval", 0)))
                .withPollingJitter(top.bool("enablePollingJitter", false))
                .withStartWithRetrieverError(top.bool("startWithRetrieverError", false))
                .withCompile(compileOptions());
        return new RelayConfig(
                server,
                new FlagSetConfig(retrievers, options),
                authorizedKeys(),
                log,
                top.bool("disableVersionHeader", false),
                top.bool("hideBanner", false),
                problems.stream().anyMatch(Problem::isError) ? List.of() : problems);
    }

    private RelayConfig.Log.Level logLevel() {
        String level = top.text("logLevel", "info");
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "debug" -> RelayConfig.Log.Level.DEBUG;
            case "", "info" -> RelayConfig.Log.Level.INFO;
            case "warn", "warning" -> RelayConfig.Log.Level.WARN;
            case "error", "dpanic", "panic", "fatal" -> RelayConfig.Log.Level.ERROR;
            default -> {
                String message = "unrecognized level: \"" + level + "\"";
                top.error("logLevel", top.node("logLevel"), message, "debug, info, warn or error");
                yield RelayConfig.Log.Level.INFO;
            }
        };
    }

    /// In any letter case: the original accepts `JSON` here and crashes later (D33).
    private RelayConfig.Log.Format logFormat() {
        String format = top.text("logFormat", "json");
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "", "json" -> RelayConfig.Log.Format.JSON;
            case "logfmt" -> RelayConfig.Log.Format.LOGFMT;
            default -> {
                top.error("logFormat", top.node("logFormat"), "invalid log format " + format, "json or logfmt");
                yield RelayConfig.Log.Format.JSON;
            }
        };
    }

    private RelayConfig.Server server() {
        Section server = top.section("server");
        String mode = server.text("mode", "http");
        if (mode.equals("unixsocket") && server.text("unixSocketPath", "").isEmpty())
            server.error("", null, "unixSocketPath must be set when server mode is unixsocket", null);
        if (!mode.equals("http") && !mode.isEmpty())
            server.error("mode", server.node("mode"), "server mode \"" + mode + "\" is not part of this version",
                    "http");
        if (top.has("listen"))
            top.warning("listen", top.node("listen"), "deprecated", "server.port, which wins where both are set");
        long port = server.wholeNumber("port", top.wholeNumber("listen", DEFAULT_PORT));
        if (port < 0 || port > 0xFFFF) {
            server.error("port", server.node("port"), "no port: " + port, "0 to 65535");
            port = DEFAULT_PORT;
        }
        return new RelayConfig.Server(server.text("host", "0.0.0.0"), (int) port);
    }

    private AuthorizedKeys authorizedKeys() {
        Section authorized = top.section("authorizedKeys");
        Set<KeyDigest> evaluation = keys(authorized, "evaluation"), older = keys(top, "apiKeys");
        if (!older.isEmpty())
            top.warning("apiKeys", top.node("apiKeys"), "deprecated", "authorizedKeys.evaluation");
        evaluation.addAll(older);
        return new AuthorizedKeys(evaluation, keys(authorized, "admin"));
    }

    /// Empty keys are dropped (D27), but a list of nothing else is no wish to serve everybody.
    private static Set<KeyDigest> keys(Section section, String name) {
        Set<KeyDigest> digests = new LinkedHashSet<>();
        List<String> texts = section.texts(name);
        for (String text : texts) {
            if (text.isEmpty()) continue;
            KeyDigest digest = KeyDigest.configured(text);
            if (digest == null)
                section.error(
                        name,
                        section.node(name),
                        "a key begins with \"sha256:\" and is no digest",
                        "sha256: and 64 hexadecimal digits");
            else
                digests.add(digest);
        }
        if (!texts.isEmpty() && texts.stream().allMatch(String::isEmpty))
            section.error(name, section.node(name), "has only empty keys", "remove it to do without keys");
        return digests;
    }

    private List<RetrieverConfig> retrievers(ConfigFile file) {
        if (!top.has("retriever") && top.maps("retrievers").isEmpty()) {
            top.error("retrievers", null, "no retriever available in the configuration", file.whereLooked());
            return List.of();
        }
        List<RetrieverConfig> retrievers = new ArrayList<>();
        for (Node.Mapping settings : top.maps("retriever")) retrievers.add(retriever("retriever", settings, ""));
        List<Node.Mapping> list = top.maps("retrievers");
        for (int i = 0; i < list.size(); i++)
            retrievers.add(retriever("retrievers", list.get(i), "retriever at index " + i + " validation failed: "));
        return retrievers;
    }

    private RetrieverConfig retriever(String key, Node.Mapping settings, String wrapping) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Node.Member member : settings.members())
            values.put(member.key().source(), Values.of(member.value()));
        RetrieverConfig retriever = new RetrieverConfig(values, null);
        try {
            retriever.create().close();
        } catch (InvalidSettingsException e) {
            String kinds = "this version has the kinds " + String.join(", ", RetrieverConfig.kinds());
            for (String problem : e.problems())
                top.error(key, settings, wrapping + problem, problem.endsWith("is not supported") ? kinds : null);
        }
        return retriever;
    }

    private static List<RetrieverConfig> retrieversOf(List<Path> flagFiles) {
        return flagFiles.stream()
                .map(file -> new RetrieverConfig(
                        Map.of("kind", "file", "path", file.toString()), ConfigFile.syntaxOf(file)))
                .toList();
    }

    private Syntax fileFormat() {
        String format = top.text("fileFormat", "yaml");
        Syntax syntax = Syntax.named(format);
        if (syntax == Syntax.YAML && !format.equalsIgnoreCase("yaml") && !format.isEmpty())
            top.warning("fileFormat", top.node("fileFormat"), "no format: \"" + format + "\", read as yaml",
                    "yaml, json or toml");
        return syntax;
    }

    private CompileOptions compileOptions() {
        return CompileOptions.DEFAULT
                .withCompatibility(compatibility())
                .withStrict(top.bool("strict", CompileOptions.DEFAULT.strict()))
                .withKeepLastGood(top.bool("keepLastGood", CompileOptions.DEFAULT.keepLastGood()))
                .withRefuseEmpty(top.bool("refuseEmpty", CompileOptions.DEFAULT.refuseEmpty()))
                .withEnrichment(enrichment());
    }

    private Compatibility compatibility() {
        String compatibility = top.text("compatibility", "corrected");
        return switch (compatibility.toLowerCase(Locale.ROOT)) {
            case "", "corrected" -> Compatibility.CORRECTED;
            case "exact" -> Compatibility.EXACT;
            default -> {
                String message = "no compatibility: \"" + compatibility + "\"";
                String hint = "corrected, or exact for the answers of GO Feature Flag with its defects";
                top.error("compatibility", top.node("compatibility"), message, hint);
                yield Compatibility.CORRECTED;
            }
        };
    }

    /// What is laid over every evaluation context; `environment` adds `env` and wins over it.
    private Map<String, @Nullable Object> enrichment() {
        Map<String, @Nullable Object> enrichment = new HashMap<>();
        Node node = top.node("evaluationContextEnrichment");
        if (node instanceof Node.Mapping mapping) {
            for (Node.Member member : mapping.members())
                enrichment.put(member.key().source(), Values.of(member.value()));
        } else if (node != null) {
            top.error("evaluationContextEnrichment", node, "must be a map, not " + node.kind(), null);
        }
        String environment = top.text("environment", "");
        if (!environment.isEmpty()) enrichment.put("env", environment);
        return enrichment;
    }
}
