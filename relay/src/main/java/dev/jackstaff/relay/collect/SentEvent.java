package dev.jackstaff.relay.collect;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.TrackingEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One event as a client sent it, member by member.
///
/// As in the original, names match in any letter case, the exact one first; unknown ones are dropped; null is absent; and a
/// member of another type makes the event unusable.
final class SentEvent {
    private static final String PROVIDER = "PROVIDER_CACHE";
    private static final long LAST_SECOND = 9_999_999_999L;
    private static final int DIGITS = 10;

    private final Map<String, @Nullable Object> members;

    private SentEvent(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /// @param meta of the whole request; takes the place of an evaluation event's own metadata, also when it is empty
    static Event read(Map<String, @Nullable Object> members, @Nullable Map<String, @Nullable Object> meta)
            throws MalformedEventException {
        SentEvent sent = new SentEvent(members);
        return TrackingEvent.KIND.equals(members.get("kind")) ? sent.tracking() : sent.evaluation(meta);
    }

    private Event evaluation(@Nullable Map<String, @Nullable Object> meta) throws MalformedEventException {
        String source = text("source");
        Map<String, @Nullable Object> own = object("metadata");
        Map<String, @Nullable Object> metadata = meta == null ? own : meta;
        return new EvaluationEvent(
                text("kind"),
                text("contextKind"),
                text("userKey"),
                date(false),
                text("key"),
                text("variation"),
                member("value"),
                bool("default"),
                text("version"),
                source.isEmpty() ? PROVIDER : source,
                metadata == null ? Map.of() : metadata);
    }

    private Event tracking() throws MalformedEventException {
        return new TrackingEvent(
                text("contextKind"),
                text("userKey"),
                date(true),
                text("key"),
                object("evaluationContext"),
                object("trackingEventDetails"));
    }

    private @Nullable Object member(String name) {
        if (members.containsKey(name)) return members.get(name);
        for (Map.Entry<String, @Nullable Object> member : members.entrySet())
            if (member.getKey().equalsIgnoreCase(name)) return member.getValue();
        return null;
    }

    private String text(String name) throws MalformedEventException {
        Object value = member(name);
        if (value == null) return "";
        if (value instanceof String text) return text;
        throw mismatch(name, "a string");
    }

    private boolean bool(String name) throws MalformedEventException {
        Object value = member(name);
        if (value == null) return false;
        if (value instanceof Boolean bool) return bool;
        throw mismatch(name, "a boolean");
    }

    private @Nullable Map<String, @Nullable Object> object(String name) throws MalformedEventException {
        Object value = member(name);
        if (value == null) return null;
        if (!(value instanceof Map<?, ?> map)) throw mismatch(name, "an object");
        Map<String, @Nullable Object> object = new HashMap<>();
        map.forEach((key, item) -> object.put((String) key, item));
        return object;
    }

    /// Milliseconds, microseconds and nanoseconds are cut to seconds by their digits.
    private Instant date(boolean whole) throws MalformedEventException {
        Object value = member("creationDate");
        if (value == null) return Instant.EPOCH;
        if (!(value instanceof Double number)) throw mismatch("creationDate", "a number");
        if (whole && number != Math.rint(number)) throw mismatch("creationDate", "a whole number");
        if (Math.abs(number) >= 0x1p63) throw mismatch("creationDate", "a number of 64 bits");
        long seconds = number.longValue();
        if (seconds > LAST_SECOND) seconds = Long.parseLong(Long.toString(seconds).substring(0, DIGITS));
        if (seconds < Instant.MIN.getEpochSecond()) throw mismatch("creationDate", "a date");
        return Instant.ofEpochSecond(seconds);
    }

    private static MalformedEventException mismatch(String name, String expected) {
        return new MalformedEventException(name + " is not " + expected);
    }
}
