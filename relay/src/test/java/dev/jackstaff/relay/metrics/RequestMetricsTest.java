package dev.jackstaff.relay.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.jackstaff.relay.http.Observer;
import dev.jackstaff.relay.http.Place;
import dev.jackstaff.relay.http.Served;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
    private static final int REQUESTS = 100_000;
    private static final int MOST_BYTES = 160;
    private static final Place ALL = new Place(0, "/v1/allflags");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Observer requests =
            new RequestMetrics(registry, new UseMetrics(registry, new VerbatimCounters(), false));

    @Test
    void a_request_is_counted_without_making_labels() {
        Served request = served("POST", ALL, 200);
        assertThat(bytesOf(() -> requests.served(request))).isLessThan(MOST_BYTES);
    }

    /// Otherwise the test above proves nothing.
    @Test
    void making_labels_is_found_out() {
        Counter counter = Counter.builder().name("labelled").labelNames("code", "method", "host", "url").build();
        assertThat(bytesOf(() -> {
            for (int metric = 0; metric < 4; metric++) counter.labelValues("200", "POST", "", "/v1/allflags").inc();
        })).isGreaterThan(MOST_BYTES);
    }

    @Test
    void places_of_two_listeners_with_the_same_numbers_do_not_mix() {
        Place other = new Place(0, "/health");
        for (int i = 0; i < 3; i++) {
            requests.served(served("POST", ALL, 200));
            requests.served(served("GET", other, 200));
            requests.served(served("GET", other, 404));
        }
        assertThat(counts()).containsOnly(
                Map.entry("200 POST /v1/allflags", 3.0), Map.entry("200 GET /health", 3.0),
                Map.entry("404 GET /health", 3.0));
    }

    @Test
    void every_status_and_method_has_a_place() {
        for (int status = 100; status < 600; status++) requests.served(served("TRACE", ALL, status));
        requests.served(served("post", ALL, 599));
        assertThat(counts()).hasSize(501)
                .containsEntry("100 TRACE /v1/allflags", 1.0)
                .containsEntry("599 OTHER /v1/allflags", 1.0);
    }

    private Map<String, Double> counts() {
        return registry.scrape()
                .stream()
                .filter(metric -> metric.getMetadata().getName().startsWith("gofeatureflag_requests"))
                .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
                .collect(Collectors.toMap(
                        point -> point.getLabels().get("code") + " " + point.getLabels().get("method") + " "
                                + point.getLabels().get("url"),
                        CounterDataPointSnapshot::getValue));
    }

    private static Served served(String method, Place place, int status) {
        return new Served(method, place, true, null, "", List.of(), null, status, 150, 3_000, 25_000, null);
    }

    /// Of one call, on the average of many and after as many others.
    private static long bytesOf(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < REQUESTS; i++) call.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < REQUESTS; i++) call.run();
        return (threads.getCurrentThreadAllocatedBytes() - before) / REQUESTS;
    }
}
