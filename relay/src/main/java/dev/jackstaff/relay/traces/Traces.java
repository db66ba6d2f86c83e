package dev.jackstaff.relay.traces;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.Caller;
import dev.jackstaff.relay.http.Evaluated;
import dev.jackstaff.relay.http.Observer;
import dev.jackstaff.relay.http.Served;
import dev.jackstaff.relay.http.ServedFlagSet;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// A span a request, made when its answer is written: it can change nothing. What a client sends as W3C `traceparent` is its
/// parent. An evaluation of one flag is an event in it, with the attributes of OpenFeature's Appendix D.
///
/// There is no value of a flag, no attribute of a context but the targeting key, no query and no key in a span. What cannot
/// be sent is dropped by OpenTelemetry's own bounded queue. Thread-safe.
public final class Traces implements Observer, AutoCloseable {
    private static final String NAME = "dev.jackstaff.relay";
    private static final String PROVIDER = "jackstaff";
    private static final Duration LAST_SPANS = Duration.ofSeconds(5);

    /// Those of the original.
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "go-feature-flag", "otel.exporter.otlp.protocol", "http/protobuf");

    /// Callers send others, too; they count as one.
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<Long> REQUEST_SIZE = AttributeKey.longKey("http.request.body.size");
    private static final AttributeKey<Long> RESPONSE_SIZE = AttributeKey.longKey("http.response.body.size");
    private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
    private static final AttributeKey<String> USER_AGENT = AttributeKey.stringKey("user_agent.original");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final String EVALUATION = "feature_flag.evaluation";
    private static final AttributeKey<String> KEY = AttributeKey.stringKey("feature_flag.key");
    private static final AttributeKey<String> VARIANT = AttributeKey.stringKey("feature_flag.result.variant");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("feature_flag.result.reason");
    private static final AttributeKey<String> SUBJECT = AttributeKey.stringKey("feature_flag.context.id");
    private static final AttributeKey<String> FLAG_SET = AttributeKey.stringKey("feature_flag.set.id");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("feature_flag.version");
    private static final AttributeKey<String> PROVIDER_NAME = AttributeKey.stringKey("feature_flag.provider.name");

    private static final TextMapGetter<Map<String, String>> PARENT = new TextMapGetter<>() {
        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final InstantSource clock;

    private Traces(OpenTelemetrySdk sdk, String version, InstantSource clock) {
        this.sdk = sdk;
        this.clock = clock;
        tracer = sdk.getTracerProvider().tracerBuilder(NAME).setInstrumentationVersion(version).build();
    }

    /// Sends spans from here on, as OpenTelemetry's own settings say.
    ///
    /// @param version of the relay
    /// @throws IllegalArgumentException when OpenTelemetry cannot do with a setting; its message says which
    public static Traces start(RelayConfig.Tracing tracing, String version, InstantSource clock) {
        Map<String, String> settings = new HashMap<>(tracing.settings());
        settings.put("otel.metrics.exporter", "none");
        settings.put("otel.logs.exporter", "none");
        // OpenTelemetry reports its troubles there.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addPropertiesCustomizer(_ -> settings)
                    .addResourceCustomizer((resource, _) -> resource.merge(
                            Resource.builder().put("service.version", version).build()))
                    .build()
                    .getOpenTelemetrySdk();
            return new Traces(sdk, version, clock);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("traces: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean asksWho(int status) {
        return true;
    }

    @Override
    public void served(Served request) {
        Instant end = clock.instant();
        Caller caller = request.caller();
        boolean isKnown = METHODS.contains(request.method());
        String route = request.place().template().replace("...}", "}");
        Span span = tracer.spanBuilder((isKnown ? request.method() : "HTTP") + " " + route)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent(caller))
                .setStartTimestamp(end.minusNanos(request.nanos()))
                .startSpan();
        if (span.isRecording()) {
            span.setAllAttributes(attributes(request, isKnown ? request.method() : "_OTHER", route, caller));
            Evaluated evaluated = request.evaluated();
            if (evaluated != null) span.addEvent(EVALUATION, attributes(evaluated, request), end);
            if (request.status() >= 500) span.setStatus(StatusCode.ERROR);
        }
        span.end(end);
    }

    private Context parent(@Nullable Caller caller) {
        if (caller == null || caller.traceParent().isEmpty()) return Context.root();
        return sdk.getPropagators()
                .getTextMapPropagator()
                .extract(
                        Context.root(),
                        Map.of("traceparent", caller.traceParent(), "tracestate", caller.traceState()), PARENT);
    }

    private static Attributes attributes(Served request, String method, String route, @Nullable Caller caller) {
        AttributesBuilder attributes = Attributes.builder()
                .put(METHOD, method)
                .put(ROUTE, route)
                .put(STATUS, (long) request.status())
                .put(REQUEST_SIZE, request.requestBytes())
                .put(RESPONSE_SIZE, request.responseBytes());
        if (request.status() >= 500) attributes.put(ERROR_TYPE, String.valueOf(request.status()));
        if (caller == null) return attributes.build();
        if (!caller.remoteIp().isEmpty()) attributes.put(CLIENT, caller.remoteIp());
        if (!caller.userAgent().isEmpty()) attributes.put(USER_AGENT, caller.userAgent());
        return attributes.build();
    }

    /// The names and the spelling of OpenFeature's Appendix D. Not the value, which can be a secret, and not the message, which
    /// can quote the context.
    private static Attributes attributes(Evaluated evaluated, Served request) {
        Evaluation evaluation = evaluated.evaluation();
        AttributesBuilder attributes = Attributes.builder()
                .put(KEY, request.flagKey())
                .put(VARIANT, evaluation.variation())
                .put(REASON, told(evaluation.reason()))
                .put(PROVIDER_NAME, PROVIDER);
        ErrorCode error = evaluation.errorCode();
        if (error != null) attributes.put(ERROR_TYPE, told(error));
        if (!evaluated.subject().isEmpty()) attributes.put(SUBJECT, evaluated.subject());
        if (!evaluation.version().isEmpty()) attributes.put(VERSION, evaluation.version());
        ServedFlagSet flagSet = request.flagSet();
        if (flagSet != null) attributes.put(FLAG_SET, flagSet.name());
        return attributes.build();
    }

    private static String told(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /// Sends what waits, and no longer than [#LAST_SPANS].
    @Override
    public void close() {
        sdk.shutdown().join(LAST_SPANS.toMillis(), TimeUnit.MILLISECONDS);
    }
}
