package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.Accounts;
import dev.jackstaff.relay.http.Offload;
import dev.jackstaff.relay.http.RouteClass;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Where requests wait for something, and how many of them find no place. Thread-safe.
final class OffloadMetrics {
    private static final String CLASS = "class";

    /// What callers can ask too often.
    private static final Map<RouteClass, String> METERED = new EnumMap<>(Map.of(
            RouteClass.EVALUATE, "evaluate", RouteClass.BULK, "bulk", RouteClass.COLLECTOR, "collect",
            RouteClass.OTHER, "other"));

    private final Map<String, Offload> offloads = new ConcurrentSkipListMap<>();
    private volatile ToLongFunction<RouteClass> overRate = _ -> 0; // writer: watch, once

    OffloadMetrics(PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("relay_refused_total")
                .help("Requests that were refused without any work.")
                .labelNames(CLASS, "reason")
                .callback(callback -> {
                    offloads.forEach((name, offload) -> {
                        Offload.Counts counts = offload.counts();
                        callback.call((double) counts.refused(), name, "busy");
                        callback.call((double) counts.unstarted(), name, "unstarted");
                    });
                    METERED.forEach((kind, name) -> callback.call((double) overRate.applyAsLong(kind), name, "rate"));
                })
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

    void watch(Supplier<Accounts> accounts) {
        overRate = kind -> accounts.get().refusedOverRate(kind);
    }
}
