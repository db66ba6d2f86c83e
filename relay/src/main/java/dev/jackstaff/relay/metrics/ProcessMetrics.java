package dev.jackstaff.relay.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/// `jvm_*` and `process_*`: what is the same for all relays of a process. They stand where the original has `go_*`.
final class ProcessMetrics {
    private static final PrometheusRegistry REGISTRY = new PrometheusRegistry();

    static {
        JvmMetrics.builder().register(REGISTRY);
    }

    private ProcessMetrics() {}

    static MetricSnapshots scrape() {
        return REGISTRY.scrape();
    }
}
