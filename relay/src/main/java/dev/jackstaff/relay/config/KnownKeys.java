package dev.jackstaff.relay.config;

import static java.util.Comparator.comparingInt;

import dev.jackstaff.engine.document.Node;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
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
                    read("server.host", "server.port", "server.mode", "server.unixSocketPath", "listen"),
                    read("retriever", "retrievers", "fileFormat", "pollingInterval", "enablePollingJitter"),
                    read("startWithRetrieverError", "evaluationContextEnrichment",
                            "environment"),
                    read("logLevel", "logFormat", "disableVersionHeader", "hideBanner", "version"),
                    read("compatibility", "strict", "keepLastGood", "refuseEmpty"),
                    read("authorizedKeys.evaluation", "authorizedKeys.admin", "apiKeys"),
                    refused("one flag set is served, from the retrievers at the top level", "flagsets"),
                    refused(
                            "/health and /info are answered on the main port only, so probes of the other would fail",
                            "server.monitoringPort",
                            "monitoringPort"),
                    refused("events would be lost", "exporter", "exporters"),
                    refused("nobody would be told about flag changes", "notifier", "notifiers"),
                    refused("the relay does not run as a Lambda function", "startAsAwsLambda"),
                    ignored(
                            "the relay does not run as a Lambda function",
                            "server.awsLambdaAdapter",
                            "server.awsApiGatewayBasePath",
                            "awsLambdaAdapter",
                            "awsApiGatewayBasePath"),
                    ignored("flags are not kept on disk for a start without their source",
                            "persistentFlagConfigurationFile"),
                    ignored("there are no notifiers", "disableNotifierOnInit"),
                    ignored("there are no exporters", "exporterCleanQueueInterval"),
                    ignored("there is no /debug/pprof", "enablePprof"),
                    ignored("there is no /metrics", "enableBulkMetricFlagNames"),
                    ignored("environment variables are not read", "envVariablePrefix"),
                    ignored("no traces are sent", "openTelemetryOtlpEndpoint", "otel", "jaeger"),
                    ignored("no API documentation is served", "swagger.enabled", "swagger.host", "enableSwagger", "host"),
                    removed("restApiTimeout", "debug"))
            .flatMap(Function.identity())
            .collect(Collectors.toUnmodifiableMap(Key::folded, Function.identity()));

    private KnownKeys() {}

    /// Notes every key that is set and not honoured.
    static void check(Section top) {
        check("", top);
    }

    private static void check(String parent, Section section) {
        for (Node.Member member : section.members()) {
            String name = member.key().source();
            String path = (parent.isEmpty() ? name : parent + "." + name).toLowerCase(Locale.ROOT);
            Key key = KEYS.get(path);
            if (key != null) note(key, member, section);
            else if (KEYS.keySet().stream().anyMatch(known -> known.startsWith(path + "."))) {
                // What should be a map and is none has been noted by its reader.
                if (member.value() instanceof Node.Mapping) check(path, section.section(name));
            } else section.warning(name, member.key(), "unknown key, ignored", nearest(path));
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

    private static @Nullable String nearest(String path) {
        return KEYS.values().stream()
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
