package dev.jackstaff.relay.config;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every key of the original's configuration and our own, and what this version makes of it.
///
/// A key that cannot be honoured is never passed over in silence: where the deployment would be less safe or lose
/// something without it, the relay does not start.
final class KnownKeys {

    private enum Fate {
        /// Something reads it, with everything below it.
        READ,
        /// The relay starts, without what the key asks for.
        IGNORED,
        /// The relay does not start.
        REFUSED,
        /// It has a meaning elsewhere only.
        MISPLACED,
        /// It has lost its meaning in the original, too.
        REMOVED
    }

    /// @param path        dots between the parts, in the documented spelling
    /// @param consequence what the reader has to know when the key is not honoured
    private record Key(String path, Fate fate, String consequence) {
        String folded() {
            return path.toLowerCase(Locale.ROOT);
        }
    }

    private static final Map<String, Key> KEYS = Stream.of(
                    read("server.host", "server.port", "server.monitoringPort", "server.mode", "server.unixSocketPath"),
                    read("server.compression", "server.tls.certFile", "server.tls.keyFile", "server.tls.clientCaFile"),
                    read("retriever", "retrievers", "fileFormat", "pollingInterval", "enablePollingJitter"),
                    read("startWithRetrieverError", "disableNotifierOnInit", "evaluationContextEnrichment", "environment"),
                    read("exporter", "exporters", "persistentFlagConfigurationFile"),
                    read("authorizedKeys.evaluation", "authorizedKeys.admin", "apiKeys", "flagsets"),
                    read("logLevel", "logFormat", "disableVersionHeader", "hideBanner", "version"),
                    read("enableBulkMetricFlagNames", "readiness.staleLimit", "swagger.enabled", "swagger.host"),
                    read("limits.connections", "limits.connectionsPerAddress", "limits.headTimeout"),
                    read("limits.writeTimeout", "limits.idleTimeout", "limits.bodyRate", "limits.queueTime"),
                    read("limits.requestRate", "limits.requestBurst"),
                    read("deadline.server", "deadline.margin", "deadline.floor", "deadline.headers", "deadline.status"),
                    read("deadline.route.evaluate", "deadline.route.bulk", "deadline.route.collector"),
                    read("deadline.route.refresh", "deadline.refuseFraction", "deadline.trustedProxies"),
                    read("restApiTimeout"),
                    read("compatibility", "strict", "keepLastGood", "refuseEmpty", "envVariablePrefix"),
                    refused("nobody would be told about flag changes", "notifiers"),
                    refused("the relay does not run as a Lambda function", "startAsAwsLambda"),
                    ignored(
                            "the relay does not run as a Lambda function",
                            "server.awsLambdaAdapter",
                            "server.awsApiGatewayBasePath"),
                    ignored("there is no /debug/pprof", "enablePprof"),
                    read("ofrep.eventStreams", "openTelemetryOtlpEndpoint", "otel"),
                    ignored("the sampler jaeger_remote does not exist", "jaeger"),
                    removed("debug", "exporterCleanQueueInterval"))
            .flatMap(Function.identity())
            .collect(Collectors.toUnmodifiableMap(Key::folded, Function.identity()));

    /// What an item of `flagsets` can have beside its name and keys; in its place it means the same as at the top.
    private static final Map<String, Key> OF_FLAG_SETS = Stream.of(
                    "retriever", "retrievers", "fileFormat", "pollingInterval", "enablePollingJitter",
                    "startWithRetrieverError", "evaluationContextEnrichment", "environment", "exporter", "exporters",
                    "notifiers", "persistentFlagConfigurationFile", "disableNotifierOnInit", "compatibility", "strict",
                    "keepLastGood", "refuseEmpty")
            .map(path -> requireNonNull(KEYS.get(path.toLowerCase(Locale.ROOT)), path))
            .collect(Collectors.toUnmodifiableMap(Key::folded, Function.identity()));

    /// Those that stand for every flag set that does not say otherwise, where they are at the top.
    private static final Set<String> FOR_ALL_FLAG_SETS = Set.of("compatibility", "strict", "keeplastgood", "refuseempty");

    private static final Map<String, Key> IN_FLAG_SETS = Stream
            .concat(OF_FLAG_SETS.values().stream(), read("name", "apiKeys", "limits.requestRate", "limits.requestBurst"))
            .collect(Collectors.toUnmodifiableMap(Key::folded, Function.identity()));

    /// Keys whose value is a tree of its own.
    private static final Set<String> TREES = Set.of(
            "retriever", "retrievers", "exporter", "exporters", "notifiers", "flagsets", "evaluationcontextenrichment",
            "otel", "jaeger");

    private KnownKeys() {}

    /// Whether there is a key at a path in lower case, or something above or below one.
    static boolean isKnown(List<String> path) {
        String whole = String.join(".", path);
        return KEYS.containsKey(whole) || TREES.contains(path.getFirst()) || isBlock(path);
    }

    /// Whether a path is that of a group of keys and not of a value.
    static boolean isBlock(List<String> path) {
        String whole = String.join(".", path);
        if (TREES.contains(whole)) return true;
        String group = whole + ".";
        for (String known : KEYS.keySet()) if (known.startsWith(group)) return true;
        return false;
    }

    /// Notes every key that is set and not honoured.
    static void check(Section top) {
        check("", KEYS, top);
    }

    /// The same within an item of `flagsets`.
    static void checkFlagSet(Section item) {
        check("", IN_FLAG_SETS, item);
    }

    /// The same at the top where `flagsets` is set: what belongs to one flag set has no meaning there.
    static void checkBesideFlagSets(Section top) {
        Map<String, Key> keys = new HashMap<>(KEYS);
        keys.replaceAll((path, key) -> OF_FLAG_SETS.containsKey(path) && !FOR_ALL_FLAG_SETS.contains(path)
                ? new Key(key.path, Fate.MISPLACED, "")
                : key);
        check("", keys, top);
    }

    private static void check(String parent, Map<String, Key> keys, Section section) {
        for (Node.Member member : section.members()) {
            String name = member.key().source();
            String path = (parent.isEmpty() ? name : parent + "." + name).toLowerCase(Locale.ROOT);
            Key key = keys.get(path);
            if (key != null) note(key, member, section);
            else if (keys.keySet().stream().anyMatch(known -> known.startsWith(path + "."))) {
                // What should be a map and is none has been noted by its reader.
                if (member.value() instanceof Node.Mapping) check(path, keys, section.section(name));
            } else section.warning(name, member.key(), "unknown key, ignored", nearest(path, keys));
        }
    }

    private static void note(Key key, Node.Member member, Section section) {
        String name = member.key().source();
        String message = "not part of this version: " + key.consequence;
        switch (key.fate) {
            case READ -> {}
            case IGNORED -> {
                if (asks(member.value())) section.warning(name, member.key(), message, null);
            }
            case REFUSED -> {
                if (asks(member.value())) section.error(name, member.key(), message, "remove the key to start without");
            }
            case MISPLACED -> {
                if (asks(member.value()))
                    section.warning(name, member.key(), "ignored beside flagsets: each flag set has its own", null);
            }
            case REMOVED -> section.warning(name, member.key(), "has lost its meaning, ignored", null);
        }
    }

    /// `false`, an empty text, list or map ask for nothing.
    private static boolean asks(Node node) {
        return switch (node) {
            case Node.Sequence list -> !list.items().isEmpty();
            case Node.Mapping map -> !map.members().isEmpty();
            case Node.Scalar scalar -> !Boolean.FALSE.equals(scalar.value()) && !"".equals(scalar.value());
        };
    }

    private static @Nullable String nearest(String path, Map<String, Key> keys) {
        return keys.values().stream()
                .filter(known -> distance(path, known.folded()) <= Math.max(1, path.length() / 4))
                .min(comparingInt(known -> distance(path, known.folded())))
                .map(known -> "did you mean \"" + known.path + "\"?")
                .orElse(null);
    }

    /// How many letters have to be added, dropped or replaced.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static Stream<Key> read(String... paths) {
        return keys(Fate.READ, "", paths);
    }

    private static Stream<Key> ignored(String consequence, String... paths) {
        return keys(Fate.IGNORED, consequence, paths);
    }

    private static Stream<Key> refused(String consequence, String... paths) {
        return keys(Fate.REFUSED, consequence, paths);
    }

    private static Stream<Key> removed(String... paths) {
        return keys(Fate.REMOVED, "", paths);
    }

    private static Stream<Key> keys(Fate fate, String consequence, String... paths) {
        return Stream.of(paths).map(path -> new Key(path, fate, consequence));
    }
}
