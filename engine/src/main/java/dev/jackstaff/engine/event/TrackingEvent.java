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
/// @param contextKind          who did it: a [ContextKind], or what a client said
/// @param userKey              the targeting key
/// @param creationDate         when; exported in whole Unix seconds
/// @param key                  the event's name
/// @param evaluationContext    the context's attributes and `targetingKey`; null where a client sent none
/// @param trackingEventDetails whatever the application adds; null where a client sent nothing
public record TrackingEvent(
        String contextKind,
        String userKey,
        Instant creationDate,
        String key,
        @Nullable Map<String, @Nullable Object> evaluationContext,
        @Nullable Map<String, @Nullable Object> trackingEventDetails) implements Event {

    /// `kind` in exports.
    public static final String KIND = "tracking";

    public TrackingEvent {
        requireNonNull(contextKind, "contextKind");
        requireNonNull(userKey, "userKey");
        requireNonNull(creationDate, "creationDate");
        requireNonNull(key, "key");
        evaluationContext = copy(evaluationContext);
        trackingEventDetails = copy(trackingEventDetails);
    }

    private static @Nullable Map<String, @Nullable Object> copy(@Nullable Map<String, @Nullable Object> map) {
        return map == null ? null : Collections.unmodifiableMap(new HashMap<>(map));
    }

    @Override
    public EventType type() {
        return EventType.TRACKING;
    }

    @Override
    public String kind() {
        return KIND;
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
                ContextKind.of(context).wireName(),
                context.targetingKey(),
                now,
                name,
                attributes,
                EvaluationContext.of("", details).attributes());
    }
}
