package dev.jackstaff.engine.event;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something a user did, such as a purchase, that an application wants to relate to the flags the user was given
/// (`exporter/tracking_event.go`). Exported with kind `tracking`; a flag's `trackEvents` has nothing to do with it.
/// Immutable.
///
/// @param contextKind          who did it
/// @param userKey              the targeting key
/// @param creationDate         when; exported in whole Unix seconds
/// @param key                  the event's name
/// @param evaluationContext    the context's attributes and `targetingKey`
/// @param trackingEventDetails whatever the application adds
public record TrackingEvent(
        ContextKind contextKind,
        String userKey,
        Instant creationDate,
        String key,
        Map<String, @Nullable Object> evaluationContext,
        Map<String, @Nullable Object> trackingEventDetails) {

    /// `kind` in exports.
    public static final String KIND = "tracking";

    public TrackingEvent {
        requireNonNull(contextKind, "contextKind");
        requireNonNull(userKey, "userKey");
        requireNonNull(creationDate, "creationDate");
        requireNonNull(key, "key");
        evaluationContext = Collections.unmodifiableMap(new HashMap<>(evaluationContext));
        trackingEventDetails = Collections.unmodifiableMap(new HashMap<>(trackingEventDetails));
    }

    /// The event `name` in a context.
    ///
    /// @param details copied, with the kinds of values that attributes have
    /// @throws IllegalArgumentException when a detail is of no such kind; the message names its path
    public static TrackingEvent of(
            String name, Map<String, ? extends @Nullable Object> details, EvaluationContext context, Instant now) {
        Map<String, @Nullable Object> attributes = new HashMap<>(context.attributes());
        attributes.put("targetingKey", context.targetingKey());
        return new TrackingEvent(
                ContextKind.of(context),
                context.targetingKey(),
                now,
                name,
                attributes,
                EvaluationContext.of("", details).attributes());
    }
}
