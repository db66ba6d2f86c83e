package dev.jackstaff.runtime;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.TrackingEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// About how many bytes of memory an event keeps from being reused: good enough to bound what waits, since clients choose
/// how large their events are.
///
/// Cost: one pass over the event. What an event shares with the flags counts as if it were its own.
final class EventWeight {
    private static final long OF_AN_EVENT = 160;
    private static final long OF_A_VALUE = 24;
    private static final long OF_AN_ENTRY = 48;

    private EventWeight() {}

    static int of(Event event) {
        long weight = OF_AN_EVENT + of(event.contextKind()) + of(event.userKey()) + of(event.key());
        if (event instanceof EvaluationEvent evaluation)
            weight += of(evaluation.value()) + of(evaluation.metadata());
        else if (event instanceof TrackingEvent tracking)
            weight += of(tracking.evaluationContext()) + of(tracking.trackingEventDetails());
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }

    private static long of(@Nullable Object value) {
        if (value == null) return 0;
        if (value instanceof String text) return OF_A_VALUE + text.length();
        long weight = OF_A_VALUE;
        if (value instanceof List<?> list) for (Object item : list) weight += OF_A_VALUE + of(item);
        else if (value instanceof Map<?, ?> map)
            for (Map.Entry<?, ?> entry : map.entrySet())
                weight += OF_AN_ENTRY + of(entry.getKey()) + of(entry.getValue());
        return weight;
    }
}
