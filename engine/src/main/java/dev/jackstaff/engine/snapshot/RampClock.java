package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The clock of progressive rollouts. They look for `gofeatureflag.currentDateTime` a second time, after enrichment, so
/// an enrichment with that attribute sets their clock and no other (`rule.go`, `Evaluate`).
///
/// @param enriched whether the enrichment has the attribute, whatever is in it
/// @param date     what it says, null for nothing usable
record RampClock(boolean enriched, @Nullable Instant date) {

    static RampClock of(Map<String, @Nullable Object> enrichment) {
        return new RampClock(
                enrichment.containsKey(EvaluationContext.RESERVED),
                EvaluationContext.of("", enrichment).currentDateTime());
    }

    Instant at(Instant now, Instant wallClock) {
        if (!enriched) return now;
        return date == null ? wallClock : date;
    }
}
