package dev.jackstaff.verify.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measurements for people.
final class Table {
    private static final String ROW = "%-28s %14s %25s %12s   %s%n";

    private Table() {}

    static String of(List<Case> cases, Map<String, Measurement> measurements) {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, ROW, "benchmark", "time/op", "lowest to highest", "B/op",
                        "in the same run"));
        for (Case each : cases) {
            Measurement measurement = measurements.get(each.name());
            if (measurement == null) continue;
            Measurement other = each.comparedTo() == null ? null : measurements.get(each.comparedTo());
            table.append(String.format(Locale.ROOT, ROW, each.name(), time(measurement.nanos()),
                    time(measurement.lowest()) + " to " + time(measurement.highest()),
                    String.format(Locale.ROOT, "%,.0f", measurement.bytes()),
                    other == null ? "" : ratio(measurement, other)));
        }
        return table.toString();
    }

    private static String ratio(Measurement measurement, Measurement other) {
        return String.format(Locale.ROOT, "%.2f x %s", measurement.nanos() / other.nanos(), other.name());
    }

    private static String time(double nanos) {
        if (nanos < 1e4) return String.format(Locale.ROOT, "%.1f ns", nanos);
        if (nanos < 1e7) return String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
        return String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
    }
}
