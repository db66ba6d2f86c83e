package dev.jackstaff.relay.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Counters of the original whose names do not end in `_total`. The library would write it behind each of them, and takes
/// `x` and `x_total` for one name; so these have no type when they are scraped, and a registry of their own. Thread-safe.
final class VerbatimCounters {
    private record Named(String name, String help, Counter counter) {
        UnknownSnapshot snapshot() {
            UnknownSnapshot.Builder snapshot = UnknownSnapshot.builder().name(name).help(help);
            for (CounterDataPointSnapshot point : counter.collect().getDataPoints())
                snapshot.dataPoint(UnknownSnapshot.UnknownDataPointSnapshot.builder()
                        .labels(point.getLabels())
                        .value(point.getValue())
                        .build());
            return snapshot.build();
        }
    }

    private final List<Named> counters = new CopyOnWriteArrayList<>();

    Counter add(String name, String help, String... labels) {
        Counter counter = Counter.builder().name(name).help(help).labelNames(labels).withoutExemplars().build();
        counters.add(new Named(name, help, counter));
        return counter;
    }

    MetricSnapshots scrape() {
        return new MetricSnapshots(counters.stream().map(Named::snapshot).toArray(MetricSnapshot[]::new));
    }
}
