package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.Observer;
import dev.jackstaff.relay.http.Place;
import dev.jackstaff.relay.http.Served;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Counts requests by place, method and status, as the original's HTTP library does (`echo-contrib/echoprometheus`), but for
/// what callers could make up (R-D13) and with the status that was written (R-D14).
///
/// Cost: array reads and seven additions a request. Labels are looked up the first time that place, method and status meet.
/// Thread-safe.
final class RequestMetrics implements Observer {
    private static final String[] LABELS = {"code", "method", "host", "url"};

    /// Anything else is the last one.
    private static final List<String> METHODS =
            List.of("POST", "GET", "OPTIONS", "HEAD", "PUT", "PATCH", "DELETE", "CONNECT", "TRACE", "OTHER");

    private static final int LOWEST_STATUS = 100;
    private static final int STATUSES = 500;

    /// Hosts are what callers send.
    private static final String ANY_HOST = "";

    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double KIB = 1024;
    private static final double[] BYTES = {
        KIB, 2 * KIB, 5 * KIB, 10 * KIB, 100 * KIB, 500 * KIB, KIB * KIB, 2.5 * KIB * KIB, 5 * KIB * KIB, 10 * KIB * KIB
    };

    private final Counter requests;
    private final Histogram durations;
    private final Histogram requestSizes;
    private final Histogram responseSizes;
    private final UseMetrics uses;

    /// By the number of the place. Writer: the first request at a place; readers see a place or nothing.
    private volatile AtPlace[] places = {};

    RequestMetrics(PrometheusRegistry registry, UseMetrics uses) {
        this.uses = uses;
        requests = Counter.builder()
                .name("gofeatureflag_requests_total")
                .help("Requests that were answered.")
                .labelNames(LABELS)
                .withoutExemplars()
                .register(registry);
        durations = histogram(
                "gofeatureflag_request_duration_seconds",
                "From the head being read to the answer being handed to the connection.", SECONDS, registry);
        requestSizes = histogram("gofeatureflag_request_size_bytes", "Of the bodies of requests.", BYTES, registry);
        responseSizes = histogram("gofeatureflag_response_size_bytes", "Of the bodies of answers.", BYTES, registry);
    }

    /// Native histograms have the original's resolution: a bucket is at most 1.1 times as wide as the one before.
    private static Histogram histogram(String name, String help, double[] bounds, PrometheusRegistry registry) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(LABELS)
                .classicUpperBounds(bounds)
                .nativeInitialSchema(3)
                .nativeMaxNumberOfBuckets(160)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void served(Served request) {
        AtPlace at = at(request.place());
        at.series(request).count(request);
        if (request.reached()) at.use.count(request);
    }

    private AtPlace at(Place place) {
        AtPlace[] known = places;
        int number = place.number();
        @Nullable
        AtPlace at = number < known.length ? known[number] : null;
        return at != null && at.place.equals(place) ? at : added(place);
    }

    /// A place of another listener takes the number over: slow, and right.
    private synchronized AtPlace added(Place place) {
        AtPlace at = new AtPlace(place);
        AtPlace[] more = Arrays.copyOf(places, Math.max(places.length, place.number() + 1));
        more[place.number()] = at;
        places = more;
        return at;
    }

    private final class AtPlace {
        private final Place place;
        private final UseMetrics.Counting use;
        private final AtomicReferenceArray<@Nullable Series> series =
                new AtomicReferenceArray<>(METHODS.size() * STATUSES);

        AtPlace(Place place) {
            this.place = place;
            use = uses.at(place.template());
        }

        /// Two threads that come here first get the same one: the library has one for the same labels.
        Series series(Served request) {
            int method = method(request.method()), index = method * STATUSES + request.status() - LOWEST_STATUS;
            Series known = series.get(index);
            if (known != null) return known;
            Series added = new Series(Integer.toString(request.status()), METHODS.get(method), url(place.template()));
            series.set(index, added);
            return added;
        }
    }

    /// What is counted about requests with the same labels.
    private final class Series {
        private final CounterDataPoint count;
        private final DistributionDataPoint duration;
        private final DistributionDataPoint requestSize;
        private final DistributionDataPoint responseSize;

        Series(String code, String method, String url) {
            String[] labels = {code, method, ANY_HOST, url};
            count = requests.labelValues(labels);
            duration = durations.labelValues(labels);
            requestSize = requestSizes.labelValues(labels);
            responseSize = responseSizes.labelValues(labels);
        }

        void count(Served request) {
            count.inc();
            duration.observe(request.nanos() / 1e9);
            requestSize.observe((double) request.requestBytes());
            responseSize.observe((double) request.responseBytes());
        }
    }

    private static int method(String name) {
        int last = METHODS.size() - 1;
        for (int i = 0; i < last; i++) if (METHODS.get(i).equals(name)) return i;
        return last;
    }

    /// `/v1/feature/{flagKey}/eval` as the original writes it: `/v1/feature/:flagKey/eval`.
    static String url(String template) {
        return template.replaceAll("\\{(\\w+)(\\.\\.\\.)?}", ":$1");
    }
}
