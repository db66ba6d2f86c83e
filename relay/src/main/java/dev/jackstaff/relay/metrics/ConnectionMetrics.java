package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.ConnectionCounts;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;

/// Connections, and what became of them: `accepted` is the sum of those that are open and of all reasons for an end.
final class ConnectionMetrics {
    private ConnectionMetrics() {}

    static void add(Supplier<ConnectionCounts> connections, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("relay_connections")
                .help("Connections that are open.")
                .callback(callback -> callback.call((double) connections.get().open()))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_connections_accepted_total")
                .help("Connections that came, those included for which there was no place.")
                .callback(callback -> callback.call((double) connections.get().accepted()))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_connections_ended_total")
                .help("Connections that have ended.")
                .labelNames("reason")
                .callback(callback -> connections.get()
                        .eachEnd((reason, many) -> callback.call((double) many, reason)))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_answers_cut_short_total")
                .help("Answers on HTTP/2 that were given up because they were not taken.")
                .callback(callback -> callback.call((double) connections.get().cutShort()))
                .register(registry);
    }
}
