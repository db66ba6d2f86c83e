package dev.jackstaff.exporters.text;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.engine.event.TrackingEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What templates can say of an event: its fields as GO Feature Flag calls them in Go, and `FormattedDate`.
final class EventFields {
    private static final Set<String> OF_EVALUATIONS = Set.of(
            "Kind", "ContextKind", "UserKey", "CreationDate", "Key", "Variation", "Value", "Default", "Version",
            "Source", "Metadata", "FormattedDate");
    private static final Set<String> OF_TRACKINGS = Set.of(
            "Kind", "ContextKind", "UserKey", "CreationDate", "Key", "EvaluationContext", "TrackingDetails",
            "FormattedDate");

    private EventFields() {}

    static Set<String> of(EventType type) {
        return type == EventType.EVALUATION ? OF_EVALUATIONS : OF_TRACKINGS;
    }

    /// @param zone of `FormattedDate`
    static Map<String, @Nullable Object> of(Event event, ZoneId zone) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("Kind", event.kind());
        fields.put("ContextKind", event.contextKind());
        fields.put("UserKey", event.userKey());
        fields.put("CreationDate", event.creationDate().getEpochSecond());
        fields.put("Key", event.key());
        fields.put("FormattedDate", formatted(event.creationDate(), zone));
        if (event instanceof EvaluationEvent evaluation) put(evaluation, fields);
        else if (event instanceof TrackingEvent tracking) put(tracking, fields);
        return fields;
    }

    private static void put(EvaluationEvent event, Map<String, @Nullable Object> fields) {
        fields.put("Variation", event.variation());
        fields.put("Value", event.value());
        fields.put("Default", event.failed());
        fields.put("Version", event.version());
        fields.put("Source", event.source());
        fields.put("Metadata", event.metadata());
    }

    private static void put(TrackingEvent event, Map<String, @Nullable Object> fields) {
        fields.put("EvaluationContext", mapOrEmpty(event.evaluationContext()));
        fields.put("TrackingDetails", mapOrEmpty(event.trackingEventDetails()));
    }

    /// Go has no map that is not there.
    private static Map<String, @Nullable Object> mapOrEmpty(@Nullable Map<String, @Nullable Object> map) {
        return map == null ? Map.of() : map;
    }

    private static String formatted(Instant date, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(date.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }
}
