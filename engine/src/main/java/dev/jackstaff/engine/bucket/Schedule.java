package dev.jackstaff.engine.bucket;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Dates at which something changes, in ascending order, each once. Immutable.
public final class Schedule {
    private final Instant[] dates;

    private Schedule(Instant[] dates) {
        this.dates = dates;
    }

    /// @param dates in ascending order, without duplicates
    public static Schedule of(List<Instant> dates) {
        return new Schedule(dates.toArray(new Instant[0]));
    }

    /// How many of the dates have come at `now`; a date has come at its own instant.
    ///
    /// Cost: O(log dates), no allocation.
    public int due(Instant now) {
        int found = Arrays.binarySearch(dates, now);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// Date `index`, counted from 0.
    public Instant date(int index) {
        return dates[index];
    }
}
