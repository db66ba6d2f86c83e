package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.Offload;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Where requests wait for something, and how many of them find no place. Thread-safe.
final class OffloadMetrics {
    private static final String CLASS = "class";

    private final Map<String, Offload> offloads = new ConcurrentSkipListMap<>();

    OffloadMetrics(PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("relay_refused_total")
                .help("Requests that were refused without any work.")
                .labelNames(CLASS, "reason")
                .callback(callback -> offloads.forEach((name, offload) -> {
                    Offload.Counts counts = offload.counts();
                    callback.call((double) counts.refused(), name, "busy");
                    callback.call((double) counts.unstarted(), name, "unstarted");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("relay_permits")
                .help("How many workers run, and how many more may.")
                .labelNames(CLASS, "state")
                .callback(callback -> offloads.forEach((name, offload) -> {
                    int free = offload.counts().free();
                    callback.call(free, name, "free");
                    callback.call(offload.atOnce() - free, name, "out");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("relay_stuck_workers")
                .help("Workers that are still out 5 s after the deadline of their request.")
                .labelNames(CLASS)
                .callback(callback -> offloads.forEach(
                        (name, offload) -> callback.call(offload.counts().stuck(), name)))
                .register(registry);
    }

    void watch(String name, Offload offload) {
        offloads.put(name, offload);
    }
}
