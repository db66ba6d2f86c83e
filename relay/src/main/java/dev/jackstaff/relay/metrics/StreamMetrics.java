package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.StreamCounts;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;

/// Streams, and what became of them: `opened` is the sum of those that are open and of all reasons for an end.
final class StreamMetrics {
    private StreamMetrics() {}

    static void add(Supplier<StreamCounts> streams, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("relay_streams")
                .help("Streams of changes that are open.")
                .callback(callback -> callback.call((double) streams.get().open()))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_streams_opened_total")
                .help("Streams of changes that were opened.")
                .callback(callback -> callback.call((double) streams.get().opened()))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_streams_refused_total")
                .help("Streams of changes that were answered 503, because there were too many.")
                .callback(callback -> callback.call((double) streams.get().refused()))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_stream_overflow_total")
                .help("Backlogs that were too long and were replaced by one message.")
                .callback(callback -> callback.call((double) streams.get().reloads()))
                .register(registry);
        CounterWithCallback.builder()
                .name("relay_streams_ended_total")
                .help("Streams of changes that have ended.")
                .labelNames("reason")
                .callback(callback -> ended(callback, streams.get()))
                .register(registry);
    }

    private static void ended(CounterWithCallback.Callback callback, StreamCounts counts) {
        callback.call((double) counts.left(), "left");
        callback.call((double) counts.lagged(), "lagged");
        callback.call((double) counts.stalled(), "stalled");
        callback.call((double) counts.silent(), "silent");
        callback.call((double) counts.aged(), "aged");
        callback.call((double) counts.revoked(), "revoked");
        callback.call((double) counts.stopped(), "stopped");
    }
}
