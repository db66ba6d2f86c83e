package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.Accounts;
import dev.jackstaff.relay.http.AdmissionCounts;
import dev.jackstaff.relay.http.BodyCounts;
import dev.jackstaff.relay.http.Offload;
import dev.jackstaff.relay.http.QueueTimes;
import dev.jackstaff.relay.http.RequestClass;
import dev.jackstaff.relay.http.RouteClass;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// How long requests wait, for an event loop or a worker, and how many are refused before anything is done for them.
/// Thread-safe.
final class OffloadMetrics {
    private static final String CLASS = "class";
    private static final AdmissionCounts NOTHING = new AdmissionCounts(QueueTimes.NONE, Map.of(), Map.of());
    private static final BodyCounts NO_BODIES = new BodyCounts(0, 0, 0, Map.of());

    /// What callers can ask too often.
    private static final Map<RouteClass, String> METERED = new EnumMap<>(Map.of(
            RouteClass.EVALUATE, "evaluate", RouteClass.BULK, "bulk", RouteClass.COLLECTOR, "collect",
            RouteClass.OTHER, "other"));

    private final Map<String, Offload> offloads = new ConcurrentSkipListMap<>();
    private volatile ToLongFunction<RouteClass> overRate = _ -> 0; // writer: watch, once
    private volatile Supplier<AdmissionCounts> admission = () -> NOTHING; // writer: the start
    private volatile Supplier<BodyCounts> bodies = () -> NO_BODIES; // writer: the start
    private volatile LongSupplier streams = () -> 0; // writer: the start

    OffloadMetrics(PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("relay_refused_total")
                .help("Requests that were refused without any work.")
                .labelNames(CLASS, "reason")
                .callback(this::refused)
                .register(registry);
        GaugeWithCallback.builder()
                .name("relay_permits")
                .help("How many workers run, how many more may, and how many requests wait for one.")
                .labelNames(CLASS, "state")
                .callback(callback -> offloads.forEach((name, offload) -> {
                    Offload.Counts counts = offload.counts();
                    callback.call(counts.free(), name, "free");
                    callback.call(offload.atOnce() - counts.free(), name, "out");
                    callback.call(counts.waiting(), name, "waiting");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("relay_stuck_workers")
                .help("Workers that are still out 5 s after the deadline of their request.")
                .labelNames(CLASS)
                .callback(callback -> offloads.forEach(
                        (name, offload) -> callback.call(offload.counts().stuck(), name)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("relay_body_bytes")
                .help("Bytes that the bodies of requests take, and how many more they may.")
                .labelNames("state")
                .callback(callback -> {
                    BodyCounts counts = bodies.get();
                    callback.call((double) counts.held(), "held");
                    callback.call((double) counts.free(), "free");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("relay_bodies_waiting")
                .help("Large bodies that are not read before there is room for them.")
                .callback(callback -> callback.call(bodies.get().waiting()))
                .register(registry);
        Collector waits = () -> waits(admission.get().waits());
        registry.register(waits);
    }

    private void refused(CounterWithCallback.Callback callback) {
        AdmissionCounts counts = admission.get();
        counts.refused().forEach((kind, many) -> callback.call((double) many, word(kind), "queue"));
        counts.outOfTime().forEach((kind, many) -> callback.call((double) many, word(kind), "deadline"));
        bodies.get().refused().forEach((kind, many) -> callback.call((double) many, word(kind), "memory"));
        callback.call((double) streams.getAsLong(), word(RequestClass.STREAMS), "busy");
        METERED.forEach((kind, name) -> callback.call((double) overRate.applyAsLong(kind), name, "rate"));
        offloads.forEach((name, offload) -> {
            Offload.Counts ofWorkers = offload.counts();
            callback.call((double) ofWorkers.refused(), name, "busy");
            callback.call((double) ofWorkers.unstarted(), name, "unstarted");
        });
    }

    private static MetricSnapshot waits(QueueTimes times) {
        return HistogramSnapshot.builder()
                .name("relay_queue_seconds")
                .help("How long requests had waited for an event loop before they were read.")
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(times.seconds(), times.counts()))
                        .build())
                .build();
    }

    private static String word(RequestClass kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /// @param streams that were refused because there were too many
    void watch(Supplier<AdmissionCounts> admission, Supplier<BodyCounts> bodies, LongSupplier streams) {
        this.admission = admission;
        this.bodies = bodies;
        this.streams = streams;
    }

    void watch(String name, Offload offload) {
        offloads.put(name, offload);
    }

    void watch(Supplier<Accounts> accounts) {
        overRate = kind -> accounts.get().refusedOverRate(kind);
    }
}
