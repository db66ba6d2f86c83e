package dev.jackstaff.engine.event;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one evaluation of one flag leaves behind: GO Feature Flag's *feature event* (`exporter/feature_event.go`). Made
/// only where [Evaluation#trackEvents] is true. Immutable.
///
/// @param kind         [#KIND], or what a client called it
/// @param contextKind  whose answer it is: a [ContextKind], or what a client said
/// @param userKey      the targeting key, even where the flag is bucketed by another
/// @param creationDate when; exported in whole Unix seconds
/// @param key          the flag's key
/// @param variation    the variation's name, `SdkDefault` for the caller's default
/// @param value        the answer, which is the caller's default where the evaluation uses it
/// @param failed       whether the evaluation failed; exported as `default`, so a disabled flag exports false there
/// @param version      the flag's version, empty where it has none
/// @param source       who evaluated: [#SERVER], or what a provider calls itself
/// @param metadata     `gofeatureflag.exporterMetadata` of the context, empty where it has none; left out of exports then
public record EvaluationEvent(
        String kind,
        String contextKind,
        String userKey,
        Instant creationDate,
        String key,
        String variation,
        @Nullable Object value,
        boolean failed,
        String version,
        String source,
        Map<String, @Nullable Object> metadata) implements Event {

    /// `kind` of events made here.
    public static final String KIND = "feature";

    /// The source of evaluations made here. Providers that evaluate in the client say `PROVIDER_CACHE`.
    public static final String SERVER = "SERVER";

    public EvaluationEvent {
        requireNonNull(kind, "kind");
        requireNonNull(contextKind, "contextKind");
        requireNonNull(userKey, "userKey");
        requireNonNull(creationDate, "creationDate");
        requireNonNull(key, "key");
        requireNonNull(variation, "variation");
        requireNonNull(version, "version");
        requireNonNull(source, "source");
        requireNonNull(metadata, "metadata");
    }

    @Override
    public EventType type() {
        return EventType.EVALUATION;
    }

    /// The event of an evaluation made here.
    ///
    /// @param evaluation   as the caller saw it, that is, after [Evaluation#as]
    /// @param defaultValue the caller's default; belongs to the event from now on and must not change
    public static EvaluationEvent of(
            String flagKey,
            Evaluation evaluation,
            @Nullable Object defaultValue,
            EvaluationContext context,
            Instant now) {
        return new EvaluationEvent(
                KIND,
                ContextKind.of(context).wireName(),
                context.targetingKey(),
                now,
                flagKey,
                evaluation.variation(),
                evaluation.anyOr(defaultValue),
                evaluation.failed(),
                evaluation.version(),
                SERVER,
                context.exporterMetadata());
    }
}
