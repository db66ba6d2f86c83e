package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.collect.CollectorCounts;
import dev.jackstaff.runtime.ExporterHealth;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// What became of events: those that clients have sent, and those that wait for an exporter, so that none is lost unseen
/// (R-D41). They are counted where they are handled, and read when somebody asks.
final class EventMetrics {
    private static final String RESULT = "result";

    /// An exporter is told by its place in its flag set, since two can be of one kind.
    private static final String[] EXPORTER = {"flagset", "exporter", "kind", "type"};

    private EventMetrics() {}

    static void collected(Supplier<CollectorCounts> collector, PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("gofeatureflag_collect_eval_data_total")
                .help("Events that clients have sent.")
                .callback(callback -> callback.call((double) collector.get().events()))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_collected_events_total")
                .help("What became of the events that clients have sent.")
                .labelNames(RESULT)
                .callback(callback -> {
                    CollectorCounts counts = collector.get();
                    callback.call((double) counts.recorded(), "recorded");
                    callback.call((double) counts.rejected(), "rejected");
                    callback.call((double) counts.unwanted(), "unwanted");
                })
                .register(registry);
    }

    static void exported(Supplier<Map<String, List<ExporterHealth>>> exporters, PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("relay_exporter_offered_events_total")
                .help("Events that were recorded for an exporter.")
                .labelNames(EXPORTER)
                .callback(callback -> each(
                        exporters, (health, labels) -> callback.call((double) health.offered(), labels)))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_exporter_events_total")
                .help("What became of the events that were recorded for an exporter.")
                .labelNames(with(EXPORTER, RESULT))
                .callback(callback -> each(exporters, (health, labels) -> {
                    callback.call((double) health.exported(), with(labels, "exported"));
                    callback.call((double) health.dropped(), with(labels, "dropped"));
                    callback.call((double) health.refused(), with(labels, "refused"));
                }))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_exporter_failures_total")
                .help("Attempts of an exporter that failed.")
                .labelNames(EXPORTER)
                .callback(callback -> each(
                        exporters, (health, labels) -> callback.call((double) health.failures(), labels)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("relay_exporter_waiting_events")
                .help("Events that an exporter has yet to deliver.")
                .labelNames(EXPORTER)
                .callback(callback -> each(
                        exporters, (health, labels) -> callback.call((double) health.waiting(), labels)))
                .register(registry);
    }

    private interface Point {
        void tell(ExporterHealth health, String... labels);
    }

    private static void each(Supplier<Map<String, List<ExporterHealth>>> exporters, Point point) {
        exporters.get().forEach((flagSet, all) -> {
            for (int i = 0; i < all.size(); i++) {
                ExporterHealth health = all.get(i);
                point.tell(
                        health, flagSet, Integer.toString(i), health.kind(),
                        health.type().name().toLowerCase(Locale.ROOT));
            }
        });
    }

    private static String[] with(String[] labels, String more) {
        String[] all = Arrays.copyOf(labels, labels.length + 1);
        all[labels.length] = more;
        return all;
    }
}
