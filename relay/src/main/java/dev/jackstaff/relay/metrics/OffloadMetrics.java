package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.Offload;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// What became of the requests that wait for something. The accounts can be checked by anyone: when nothing is under way,
/// `started` is the sum of all verdicts, and `late` that of the verdicts `expired` and `gone`. Thread-safe.
final class OffloadMetrics {
    private static final String CLASS = "class";

    private final Map<String, Offload> offloads = new ConcurrentSkipListMap<>();

    OffloadMetrics(PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("relay_refused_total")
                .help("Requests that were answered 503 without any work, because too many were waiting.")
                .labelNames(CLASS, "reason")
                .callback(callback -> offloads.forEach(
                        (name, offload) -> callback.call((double) offload.counts().refused(), name, "busy")))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_started_total")
                .help("Requests that were handed to a worker.")
                .labelNames(CLASS)
                .callback(callback -> offloads.forEach(
                        (name, offload) -> callback.call((double) offload.counts().started(), name)))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_verdicts_total")
                .help("What became of the requests that were handed to a worker.")
                .labelNames(CLASS, "verdict")
                .callback(callback -> offloads.forEach((name, offload) -> verdicts(callback, name, offload.counts())))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_late_results_total")
                .help("Workers that ended when their answer had been decided without them.")
                .labelNames(CLASS)
                .callback(callback -> offloads
                        .forEach((name, offload) -> callback.call((double) offload.counts().late(), name)))
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
    }

    void watch(String name, Offload offload) {
        offloads.put(name, offload);
    }

    private static void verdicts(CounterWithCallback.Callback callback, String name, Offload.Counts counts) {
        callback.call((double) counts.answered(), name, "answer");
        callback.call((double) counts.failed(), name, "failed");
        callback.call((double) counts.expired(), name, "expired");
        callback.call((double) counts.gone(), name, "gone");
    }
}
