package dev.jackstaff.verify.stress;

import java.util.Arrays;
import java.util.List;

/// How long each of some answers took. Immutable.
final class Times {
    private static final double NANOS_A_MILLI = 1e6;

    private final long[] sorted;

    private Times(long[] sorted) {
        this.sorted = sorted;
        Arrays.sort(sorted);
    }

    /// @param nanos in any order, so many of them from the first on
    static Times of(long[] nanos, int count) {
        return new Times(Arrays.copyOf(nanos, count));
    }

    /// Those of all of them.
    static Times together(List<Times> all) {
        return new Times(all.stream().flatMapToLong(each -> Arrays.stream(each.sorted)).toArray());
    }

    /// Milliseconds within which such a share of them was there; not a number when there are none.
    double within(double share) {
        if (sorted.length == 0) return Double.NaN;
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / NANOS_A_MILLI;
    }
}
