package dev.jackstaff.verify.benchmarks;

import java.util.List;

/// What one case came to: the median of its rounds, so that a disturbed one does not count.
///
/// @param nanos per operation
/// @param lowest, highest of the rounds
/// @param bytes allocated per operation
record Measurement(String name, double nanos, double lowest, double highest, double bytes) {

    /// One run of a case in a JVM of its own.
    record Round(double nanos, double bytes) {}

    static Measurement of(String name, List<Round> rounds) {
        double[] nanos = rounds.stream().mapToDouble(Round::nanos).sorted().toArray();
        double[] bytes = rounds.stream().mapToDouble(Round::bytes).sorted().toArray();
        return new Measurement(name, median(nanos), nanos[0], nanos[nanos.length - 1], median(bytes));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
