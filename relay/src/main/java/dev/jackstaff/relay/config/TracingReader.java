package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `otel`, in the file or in OpenTelemetry's environment variables, and the original's `openTelemetryOtlpEndpoint`.
///
/// As in the original, traces are sent when there is an endpoint, and not because OpenTelemetry has a default for it.
final class TracingReader {
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final List<String> ENDPOINTS = List.of(ENDPOINT, "otel.exporter.otlp.traces.endpoint");
    private static final List<String> PROTOCOLS =
            List.of("otel.exporter.otlp.protocol", "otel.exporter.otlp.traces.protocol");
    private static final Set<String> SPOKEN = Set.of("grpc", "http/protobuf");

    private final Section top;
    private final Secrets secrets;
    private final Findings findings;

    TracingReader(Section top, Secrets secrets, Findings findings) {
        this.top = top;
        this.secrets = secrets;
        this.findings = findings;
    }

    /// Null when nothing shall be sent.
    RelayConfig.@Nullable Tracing read() {
        Map<String, String> settings = new LinkedHashMap<>();
        Node otel = top.node("otel");
        if (otel instanceof Node.Mapping mapping) {
            findings.addTree("otel", mapping);
            for (Node.Member member : secrets.resolved(top, "otel", mapping).members())
                collect("otel", member, settings);
        } else if (otel != null) {
            top.error("otel", otel, "must be a map, not " + otel.kind(), null);
        }
        String endpoint = top.text("openTelemetryOtlpEndpoint", "");
        if (!endpoint.isEmpty()) settings.putIfAbsent(ENDPOINT, endpoint);
        for (String protocol : PROTOCOLS) checkProtocol(protocol, settings.get(protocol));
        boolean sends = ENDPOINTS.stream().anyMatch(name -> !settings.getOrDefault(name, "").isEmpty())
                && !Boolean.parseBoolean(settings.get("otel.sdk.disabled"))
                && !"none".equals(settings.get("otel.traces.exporter"));
        return sends ? new RelayConfig.Tracing(settings) : null;
    }

    private void checkProtocol(String name, @Nullable String protocol) {
        if (protocol != null && !protocol.isEmpty() && !SPOKEN.contains(protocol))
            top.error("otel", top.node("otel"), name + ": no protocol: \"" + protocol + "\"", "http/protobuf or grpc");
    }

    /// Maps that OpenTelemetry writes in one text (`a=b,c=d`) may be maps here.
    private static void collect(String parent, Node.Member member, Map<String, String> settings) {
        String name = parent + "." + member.key().source().toLowerCase(Locale.ROOT);
        switch (member.value()) {
            case Node.Mapping map when name.endsWith(".attributes") || name.endsWith(".headers") ->
                    settings.put(name,
                            map.members().stream().map(TracingReader::pair).collect(Collectors.joining(",")));
            case Node.Mapping map -> map.members().forEach(each -> collect(name, each, settings));
            case Node.Sequence list -> settings.put(
                    name, list.items().stream().map(TracingReader::text).collect(Collectors.joining(",")));
            case Node.Scalar scalar -> {
                if (scalar.value() != null) settings.put(name, scalar.source());
            }
        }
    }

    private static String pair(Node.Member member) {
        return member.key().source() + "=" + text(member.value());
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.source() : "";
    }
}
