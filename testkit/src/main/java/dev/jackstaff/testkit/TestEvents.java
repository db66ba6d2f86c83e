package dev.jackstaff.testkit;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.TrackingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Events that differ in their keys.
public final class TestEvents {

    /// When all of them happened.
    public static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");

    private TestEvents() {}

    /// What an evaluation of the flag `key` leaves behind.
    public static Event evaluation(String key) {
        return new EvaluationEvent(
                "feature", "user", "anna", DATE, key, "on", true, false, "1", "SERVER", Map.of("team", "a"));
    }

    /// A user's action.
    public static Event tracking(String key) {
        return new TrackingEvent("user", "anna", DATE, key, Map.of("targetingKey", "anna"), Map.of("price", 1.5));
    }

    /// Evaluations `e<from>` to `e<to>`, without the latter.
    public static List<Event> evaluations(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> evaluation("e" + i)).toList();
    }
}
