package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// When a flag under experiment is on; both bounds belong to it, to the nanosecond.
record Experiment(@Nullable Instant start, @Nullable Instant end) {

    static @Nullable Experiment of(@Nullable Experimentation experimentation) {
        return experimentation == null
                ? null
                : new Experiment(instant(experimentation.start()), instant(experimentation.end()));
    }

    boolean runs(Instant now) {
        return !(start != null && now.isBefore(start)) && !(end != null && now.isAfter(end));
    }

    /// Why it does not run at `now`.
    String reason(Instant now) {
        return start != null && now.isBefore(start)
                ? "the experiment starts at " + start
                : "the experiment ended at " + end;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime date) {
        return date == null ? null : date.toInstant();
    }
}
