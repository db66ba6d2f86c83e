package dev.jackstaff.formats.json;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.TrackingEvent;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;

/// Events as GO Feature Flag exports them (`exporter/feature_event.go`, `exporter/tracking_event.go`), members in its order.
///
/// Cost: one pass over the event. Stateless.
///
/// @see JsonWriter for what a value without JSON form does
public final class EventJson {
    private static final Name KIND = Name.of("kind");
    private static final Name CONTEXT_KIND = Name.of("contextKind");
    private static final Name USER_KEY = Name.of("userKey");
    private static final Name CREATION_DATE = Name.of("creationDate");
    private static final Name KEY = Name.of("key");
    private static final Name VARIATION = Name.of("variation");
    private static final Name VALUE = Name.of("value");
    private static final Name DEFAULT = Name.of("default");
    private static final Name VERSION = Name.of("version");
    private static final Name SOURCE = Name.of("source");
    private static final Name METADATA = Name.of("metadata");
    private static final Name EVALUATION_CONTEXT = Name.of("evaluationContext");
    private static final Name TRACKING_EVENT_DETAILS = Name.of("trackingEventDetails");

    private EventJson() {}

    /// One event, as a value.
    public static void write(JsonWriter json, Event event) throws IOException {
        json.beginObject().member(KIND, event.kind());
        if (!event.contextKind().isEmpty()) json.member(CONTEXT_KIND, event.contextKind());
        json.member(USER_KEY, event.userKey())
                .member(CREATION_DATE, event.creationDate().getEpochSecond())
                .member(KEY, event.key());
        if (event instanceof EvaluationEvent evaluation) rest(json, evaluation);
        else if (event instanceof TrackingEvent tracking) rest(json, tracking);
        json.endObject();
    }

    /// One event as a line of its own, with the line break at its end.
    ///
    /// @throws UnencodableValueException when a value in it has no JSON form
    public static Body line(Event event) {
        return JsonWriter.write(false, json -> write(json, event));
    }

    private static void rest(JsonWriter json, EvaluationEvent event) throws IOException {
        json.member(VARIATION, event.variation())
                .member(VALUE, event.value())
                .member(DEFAULT, event.failed())
                .member(VERSION, event.version())
                .member(SOURCE, event.source());
        if (!event.metadata().isEmpty()) json.member(METADATA, event.metadata());
    }

    private static void rest(JsonWriter json, TrackingEvent event) throws IOException {
        json.member(EVALUATION_CONTEXT, event.evaluationContext())
                .member(TRACKING_EVENT_DETAILS, event.trackingEventDetails());
    }
}
