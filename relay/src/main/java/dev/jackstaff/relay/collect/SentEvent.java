package dev.jackstaff.relay.collect;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.TrackingEvent;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.MalformedJsonException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One event as a client sent it, member by member. It is used for one after the other, so that a batch of thousands leaves little
/// behind.
///
/// As in the original, names match in any letter case, the exact one first; unknown ones are dropped; null is absent; and a
/// member of another type makes the event unusable.
final class SentEvent {
    private static final String PROVIDER = "PROVIDER_CACHE";
    private static final long LAST_SECOND = 9_999_999_999L;
    private static final int DIGITS = 10;
    private static final Object ABSENT = new Object();

    private static final int KIND = 0, CONTEXT_KIND = 1, USER_KEY = 2, CREATION_DATE = 3, KEY = 4, VARIATION = 5,
            VALUE = 6,
            DEFAULT = 7, VERSION = 8, SOURCE = 9, METADATA = 10, EVALUATION_CONTEXT = 11, TRACKING_EVENT_DETAILS = 12;

    /// By the numbers above.
    private static final List<String> NAMES = List.of(
            "kind", "contextKind", "userKey", "creationDate", "key", "variation", "value", "default", "version",
            "source",
            "metadata", "evaluationContext", "trackingEventDetails");

    private final @Nullable Object[] exact = new Object[NAMES.size()], inOtherCase = new Object[NAMES.size()];
    private Instant date = Instant.EPOCH; // of the event before, which many share

    /// Takes the object at hand, or null for one without members.
    void read(JsonReader json, String path) throws MalformedJsonException {
        Arrays.fill(exact, ABSENT);
        Arrays.fill(inOtherCase, ABSENT);
        if (!json.enterObject("map[string]interface {}", path)) return;
        for (String name; (name = json.nextName()) != null;) put(name, json.any());
    }

    private void put(String name, @Nullable Object value) {
        int member = NAMES.indexOf(name);
        if (member >= 0) {
            exact[member] = value;
            return;
        }
        for (int i = 0; i < NAMES.size(); i++) if (NAMES.get(i).equalsIgnoreCase(name)) inOtherCase[i] = value;
    }

    Event event() throws MalformedEventException {
        return TrackingEvent.KIND.equals(exact[KIND]) ? tracking() : evaluation();
    }

    private Event evaluation() throws MalformedEventException {
        String source = text(SOURCE);
        Map<String, @Nullable Object> metadata = object(METADATA);
        return new EvaluationEvent(
                text(KIND),
                text(CONTEXT_KIND),
                text(USER_KEY),
                date(false),
                text(KEY),
                text(VARIATION),
                member(VALUE),
                bool(DEFAULT),
                text(VERSION),
                source.isEmpty() ? PROVIDER : source,
                metadata == null ? Map.of() : metadata);
    }

    private Event tracking() throws MalformedEventException {
        return new TrackingEvent(
                text(CONTEXT_KIND),
                text(USER_KEY),
                date(true),
                text(KEY),
                object(EVALUATION_CONTEXT),
                object(TRACKING_EVENT_DETAILS));
    }

    private @Nullable Object member(int member) {
        Object value = exact[member];
        if (value == ABSENT) value = inOtherCase[member];
        return value == ABSENT ? null : value;
    }

    private String text(int name) throws MalformedEventException {
        Object value = member(name);
        if (value == null) return "";
        if (value instanceof String text) return text;
        throw mismatch(name, "a string");
    }

    private boolean bool(int name) throws MalformedEventException {
        Object value = member(name);
        if (value == null) return false;
        if (value instanceof Boolean bool) return bool;
        throw mismatch(name, "a boolean");
    }

    private @Nullable Map<String, @Nullable Object> object(int name) throws MalformedEventException {
        Object value = member(name);
        if (value == null) return null;
        if (!(value instanceof Map<?, ?> map)) throw mismatch(name, "an object");
        Map<String, @Nullable Object> object = new HashMap<>();
        map.forEach((key, item) -> object.put((String) key, item));
        return object;
    }

    /// Milliseconds, microseconds and nanoseconds are cut to seconds by their digits.
    private Instant date(boolean whole) throws MalformedEventException {
        Object value = member(CREATION_DATE);
        if (value == null) return Instant.EPOCH;
        if (!(value instanceof Double number)) throw mismatch(CREATION_DATE, "a number");
        if (whole && number != Math.rint(number)) throw mismatch(CREATION_DATE, "a whole number");
        if (Math.abs(number) >= 0x1p63) throw mismatch(CREATION_DATE, "a number of 64 bits");
        long seconds = number.longValue();
        if (seconds > LAST_SECOND) seconds = Long.parseLong(Long.toString(seconds).substring(0, DIGITS));
        if (seconds < Instant.MIN.getEpochSecond()) throw mismatch(CREATION_DATE, "a date");
        if (seconds != date.getEpochSecond()) date = Instant.ofEpochSecond(seconds);
        return date;
    }

    private static MalformedEventException mismatch(int member, String expected) {
        return new MalformedEventException(NAMES.get(member) + " is not " + expected);
    }
}
