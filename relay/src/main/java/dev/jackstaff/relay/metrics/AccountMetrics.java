package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.Accounts;
import dev.jackstaff.relay.http.Deadlines;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Locale;
import java.util.function.Supplier;

/// What became of requests and their deadlines. They are counted where they are decided, and read when somebody asks.
final class AccountMetrics {
    private static final String ROUTE = "route";

    private AccountMetrics() {}

    static void add(Supplier<Accounts> accounts, PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("relay_requests_total")
                .help("What became of requests.")
                .labelNames(ROUTE, "verdict", "code")
                .callback(callback -> accounts.get()
                        .lines()
                        .forEach(line -> callback.call(
                                (double) line.requests(), RequestMetrics.url(line.template()), word(line.outcome()),
                                line.status() == 0 ? "" : Integer.toString(line.status()))))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_late_results_total")
                .help("Handlers that ended when their answer had been decided without them.")
                .labelNames(ROUTE)
                .callback(callback -> accounts.get()
                        .late()
                        .forEach(place -> callback.call(
                                (double) place.late(), RequestMetrics.url(place.template()))))
                .register(registry);
        Collector left = () -> left(accounts.get().left());
        registry.register(left);
    }

    private static MetricSnapshot left(Accounts.Left left) {
        return HistogramSnapshot.builder()
                .name("relay_deadline_left_seconds")
                .help("How much of a request's time was left at its verdict.")
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(left.seconds(), left.counts()))
                        .sum(left.sum())
                        .build())
                .build();
    }

    static void add(Deadlines deadlines, PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("relay_deadline_header_total")
                .help("What became of what headers say about the time of a request.")
                .labelNames("header", "use")
                .callback(callback -> deadlines.headers().forEach(header -> {
                    callback.call((double) header.used(), header.name(), "used");
                    callback.call((double) header.malformed(), header.name(), "malformed");
                    callback.call((double) header.ignored(), header.name(), "ignored");
                    callback.call((double) header.untrusted(), header.name(), "untrusted");
                    callback.call((double) header.skewed(), header.name(), "skewed");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("relay_deadline_headers_ignored")
                .help("Event loops that heed no header now, because too many requests would be refused.")
                .callback(callback -> callback.call((double) deadlines.blownFuses()))
                .register(registry);
    }

    private static String word(Accounts.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
