package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.snapshot.CompileOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A configuration's tree to a [RelayConfig], checked in the original's order: log level, log format, server, flag sets.
final class ConfigReader {
    private static final int DEFAULT_PORT = 1031;

    /// What the one flag set is called in default mode.
    private static final String ONLY_FLAG_SET = "default";

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern HOST_AND_PORT = Pattern.compile(".*:[0-9]{1,5}");

    private final Section top;
    private final Secrets secrets;
    private final Findings findings;

    private ConfigReader(Section top, Secrets secrets, Findings findings) {
        this.top = top;
        this.secrets = secrets;
        this.findings = findings;
    }

    static ConfigReading read(ConfigFile file, ConfigSource source) {
        Map<String, String> variables = source.environment();
        Findings findings = new Findings();
        file.problems().forEach(findings::add);
        if (file.path() != null) findings.add(file.path());
        Node prefix = Trees.at(file.content(), "envVariablePrefix");
        Node.Mapping environment = Environment.read(
                variables, prefix instanceof Node.Scalar scalar ? scalar.source() : "", findings);
        Node.Mapping whole = DeprecatedKeys.renamed(Trees.over(file.content(), environment), findings);
        Section top = new Section("", "", whole, findings);
        RelayConfig config =
                new ConfigReader(top, new Secrets(variables, findings), findings).config(file, source);
        return findings.hasErrors() ? new ConfigReading.Invalid(findings.problems(), findings.files()) : config;
    }

    private RelayConfig config(ConfigFile file, ConfigSource source) {
        RelayConfig.Log log = new RelayConfig.Log(logLevel(), logFormat());
        Section serving = top.section("server");
        RelayConfig.Server server = server(serving);
        ServerTls tls = new ServerTlsReader(serving.section("tls"), findings).read();
        List<Node.Mapping> items = top.maps("flagsets");
        if (items.isEmpty()) KnownKeys.check(top);
        else
            KnownKeys.checkBesideFlagSets(top);
        AuthorizedKeys keys = authorizedKeys();
        List<FlagSetConfig> flagSets = flagSets(items, file, source.flagFiles());
        if (items.isEmpty() && keys.evaluation().isEmpty() && flagSets.getFirst().rate() != null)
            top.warning("limits", top.node("limits"),
                    "requestRate has no effect: without keys callers are not told apart",
                    "authorizedKeys.evaluation");
        return new RelayConfig(
                server,
                tls,
                flagSets,
                keys,
                log,
                top.bool("disableVersionHeader", false),
                top.bool("hideBanner", false),
                top.bool("enableBulkMetricFlagNames", false),
                top.section("ofrep").bool("eventStreams", false),
                new TracingReader(top, secrets, findings).read(),
                documentation(top.section("swagger"), server, tls != null),
                staleLimit(),
                ClientLimits.read(top.section("limits")),
                DeadlineConfig.read(top.section("deadline")),
                findings.settings(),
                source,
                findings.files(),
                findings.hasErrors() ? List.of() : findings.problems());
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

    /// In any letter case: the original accepts `JSON` here and crashes later (R-D33).
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

    private static RelayConfig.Server server(Section server) {
        Path unixSocket = unixSocket(server);
        String host = server.text("host", "0.0.0.0");
        int port = port(server, "port", DEFAULT_PORT);
        boolean compression = server.bool("compression", false);
        if (!server.has("monitoringPort")) return new RelayConfig.Server(host, port, null, unixSocket, compression);
        int monitoringPort = port(server, "monitoringPort", 0);
        if (monitoringPort == port && port != 0 && unixSocket == null)
            server.error("monitoringPort", server.node("monitoringPort"), "is the main port, too: " + port,
                    "a port of its own, or none");
        return new RelayConfig.Server(host, port, monitoringPort, unixSocket, compression);
    }

    /// Null in every other mode.
    private static @Nullable Path unixSocket(Section server) {
        String mode = server.text("mode", "http");
        if (!mode.equals("unixsocket")) {
            if (!mode.equals("http") && !mode.isEmpty())
                server.error("mode", server.node("mode"), "server mode \"" + mode + "\" is not part of this version",
                        "http or unixsocket");
            return null;
        }
        String path = server.text("unixSocketPath", "");
        if (path.isEmpty())
            server.error("", null, "unixSocketPath must be set when server mode is unixsocket", null);
        return Path.of(path);
    }

    private static int port(Section server, String key, int byDefault) {
        long port = server.wholeNumber(key, byDefault);
        if (port >= 0 && port <= 0xFFFF) return (int) port;
        server.error(key, server.node(key), "no port: " + port, "0 to 65535");
        return byDefault;
    }

    private static RelayConfig.@Nullable Documentation documentation(
            Section swagger, RelayConfig.Server server, boolean overTls) {
        boolean enabled = swagger.bool("enabled", false);
        String host = swagger.text("host", "");
        if (!host.isEmpty() && !HOST.matcher(host).matches())
            swagger.error("host", swagger.node("host"), "no host: \"" + host + "\"",
                    "a name or address, without scheme");
        if (!enabled) return null;
        if (host.isEmpty()) return new RelayConfig.Documentation(null);
        String place = HOST_AND_PORT.matcher(host).matches() ? host : host + ":" + server.port();
        return new RelayConfig.Documentation((overTls ? "https://" : "http://") + place);
    }

    private @Nullable Duration staleLimit() {
        Section readiness = top.section("readiness");
        long millis = readiness.wholeNumber("staleLimit", 0);
        if (millis < 0)
            readiness.error("staleLimit", readiness.node("staleLimit"), "no limit: " + millis,
                    "milliseconds, or 0 for none");
        return millis > 0 ? Duration.ofMillis(millis) : null;
    }

    private AuthorizedKeys authorizedKeys() {
        Section authorized = top.section("authorizedKeys");
        Set<KeyDigest> evaluation = keys(authorized, "evaluation"), older = keys(top, "apiKeys");
        if (!older.isEmpty())
            top.warning("apiKeys", top.node("apiKeys"), "deprecated", "authorizedKeys.evaluation");
        evaluation.addAll(older);
        return new AuthorizedKeys(evaluation, keys(authorized, "admin"));
    }

    /// Empty keys are dropped (R-D27), but a list of nothing else is no wish to serve everybody.
    private Set<KeyDigest> keys(Section section, String name) {
        Set<KeyDigest> digests = new LinkedHashSet<>();
        List<Node.Scalar> texts = section.texts(name);
        for (Node.Scalar text : texts) {
            String key = secrets.resolved(section, name, text);
            if (key == null || key.isEmpty()) continue;
            KeyDigest digest = KeyDigest.configured(key);
            if (digest == null)
                section.error(
                        name,
                        text,
                        "a key begins with \"sha256:\" and is no digest",
                        "sha256: and 64 hexadecimal digits");
            else if (digests.add(digest))
                findings.add(new EffectiveSetting(section.path(name), digest.toString(), text.location()));
        }
        if (!texts.isEmpty() && texts.stream().allMatch(text -> text.source().isEmpty()))
            section.error(name, section.node(name), "has only empty keys", "remove it to do without keys");
        return digests;
    }

    private List<FlagSetConfig> flagSets(List<Node.Mapping> items, ConfigFile file, List<Path> flagFiles) {
        FlagSetReader one = new FlagSetReader(top, secrets, findings, null, CompileOptions.DEFAULT);
        if (items.isEmpty())
            return List.of(flagFiles.isEmpty()
                    ? one.flagSet(ONLY_FLAG_SET, Set.of(), file.whereLooked())
                    : one.flagSet(ONLY_FLAG_SET, flagFiles));
        if (!flagFiles.isEmpty())
            top.error("flagsets", top.node("flagsets"), "cannot be served beside flag files that are named",
                    "name no flag files, or remove flagsets");
        List<FlagSetConfig> flagSets = new ArrayList<>();
        RequestRate rate = RequestRate.read(top.section("limits"), null);
        CompileOptions reading = one.reading();
        for (int i = 0; i < items.size(); i++) flagSets.add(flagSet(i, items.get(i), rate, reading));
        refuseDuplicates(flagSets);
        return flagSets;
    }

    private FlagSetConfig flagSet(
            int index, Node.Mapping item, @Nullable RequestRate rate, CompileOptions reading) {
        Node given = Trees.at(item, "name");
        String name = given instanceof Node.Scalar scalar ? scalar.source() : "";
        boolean unnamed = name.isEmpty() || name.equals(ONLY_FLAG_SET);
        Section section = top.item(
                "flagsets", index, "flagset " + (unnamed ? "at index " + index : name) + ": ", item);
        KnownKeys.checkFlagSet(section);
        int problems = findings.problems().size();
        Set<KeyDigest> keys = keys(section, "apiKeys");
        if (keys.isEmpty() && findings.problems().size() == problems)
            top.error("flagsets", item, "flagset " + (unnamed ? "at index " + index : name) + " has no API keys",
                    "apiKeys: with at least one key");
        if (unnamed) {
            name = nameFor(keys);
            section.warning("name", given, "a flag set without a name of its own is called " + name, null);
        }
        findings.add(new EffectiveSetting(section.path("name"), name, given == null ? null : given.location()));
        return new FlagSetReader(section, secrets, findings, rate, reading).flagSet(name, keys, null);
    }

    /// The original takes a random one; this one is the same after a reload.
    private static String nameFor(Set<KeyDigest> keys) {
        String all = keys.stream().map(KeyDigest::toString).sorted().collect(Collectors.joining(","));
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /// Messages name keys by the beginning of their digest: the original prints them (R-D35).
    private void refuseDuplicates(List<FlagSetConfig> flagSets) {
        Map<KeyDigest, String> owners = new HashMap<>();
        Set<String> names = new LinkedHashSet<>();
        Set<Path> files = new LinkedHashSet<>();
        @Nullable
        Node all = top.node("flagsets");
        for (FlagSetConfig flagSet : flagSets) {
            if (!names.add(flagSet.name()))
                top.error("flagsets", all, "flagset " + flagSet.name() + " is there twice", "another name for one");
            Path kept = flagSet.options().lastFlags();
            if (kept != null && !files.add(kept.toAbsolutePath().normalize()))
                top.error("flagsets", all,
                        "flagset " + flagSet.name() + " keeps its flags in a file of another: " + kept,
                        "one persistentFlagConfigurationFile for each");
            for (KeyDigest key : flagSet.keys()) {
                String other = owners.putIfAbsent(key, flagSet.name());
                if (other != null && !Objects.equals(other, flagSet.name()))
                    top.error("flagsets", all, "API key " + key + " is used by multiple flagsets: " + other + " and "
                            + flagSet.name(), "one flag set for each key");
            }
        }
    }
}
