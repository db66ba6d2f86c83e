package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import java.util.List;

/// Names that the original has given up and still reads: what stands there is moved to the new name, which wins where both
/// are set (`cmd/relayproxy/config`).
final class DeprecatedKeys {
    private record Renamed(String from, String to) {}

    private static final List<Renamed> RENAMED = List.of(
            new Renamed("listen", "server.port"),
            new Renamed("monitoringPort", "server.monitoringPort"),
            new Renamed("awsLambdaAdapter", "server.awsLambdaAdapter"),
            new Renamed("awsApiGatewayBasePath", "server.awsApiGatewayBasePath"),
            new Renamed("enableSwagger", "swagger.enabled"),
            new Renamed("host", "swagger.host"),
            new Renamed("notifier", "notifiers"),
            new Renamed("restApiTimeout", "deadline.server"));

    private DeprecatedKeys() {}

    /// The same configuration under today's names.
    static Node.Mapping renamed(Node.Mapping top, Findings findings) {
        Node.Mapping result = top;
        for (Renamed key : RENAMED) {
            Node value = Trees.at(result, key.from);
            if (value == null) continue;
            boolean both = Trees.at(result, key.to) != null;
            findings.add(new Problem(
                    Severity.WARNING, null, key.from, value.location(), both ? "deprecated, ignored" : "deprecated",
                    key.to + (both ? " is set, too, and wins" : "")));
            result = Trees.without(result, key.from);
            if (!both) result = Trees.over(result, Trees.nested(key.to, value));
        }
        return result;
    }
}
