package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.collect.CollectorCounts;
import dev.jackstaff.relay.http.Accounts;
import dev.jackstaff.relay.http.AdmissionCounts;
import dev.jackstaff.relay.http.BodyCounts;
import dev.jackstaff.relay.http.ConnectionCounts;
import dev.jackstaff.relay.http.Deadlines;
import dev.jackstaff.relay.http.Observer;
import dev.jackstaff.relay.http.Offload;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.PublicRoute;
import dev.jackstaff.relay.http.StreamCounts;
import dev.jackstaff.relay.http.Waiting;
import dev.jackstaff.runtime.ChangeListener;
import dev.jackstaff.runtime.ExporterHealth;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// The metrics of one relay. Thread-safe.
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final VerbatimCounters verbatim = new VerbatimCounters();
    private final RequestMetrics requests;
    private final FlagChangeMetrics flagChanges;
    private final OffloadMetrics offloads;

    /// @param version       of the relay
    /// @param bulkFlagNames whether answers about several flags are counted for each flag, too
    public Metrics(String version, boolean bulkFlagNames) {
        requests = new RequestMetrics(registry, new UseMetrics(registry, verbatim, bulkFlagNames));
        flagChanges = new FlagChangeMetrics(registry, verbatim);
        offloads = new OffloadMetrics(registry);
        Info.builder()
                .name("gofeatureflag_build_info")
                .help("What this relay was built from and runs on.")
                .labelNames("version", "revision", "branch", "goversion", "goos", "goarch", "tags")
                .register(registry)
                .setLabelValues(
                        version, "unknown", "unknown", "java" + Runtime.version().feature(),
                        System.getProperty("os.name", "").toLowerCase(Locale.ROOT), System.getProperty("os.arch", ""),
                        "unknown");
    }

    /// Counts the requests of the main port.
    public Observer requests() {
        return requests;
    }

    /// Counts what is added, changed and removed.
    public ChangeListener flagChanges() {
        return flagChanges;
    }

    /// Shows what becomes of the requests that wait in `offload`.
    ///
    /// @param name of the kind of requests
    public void watch(String name, Offload offload) {
        offloads.watch(name, offload);
    }

    /// Shows what becomes of requests.
    public void watch(Supplier<Accounts> accounts) {
        AccountMetrics.add(accounts, registry);
        offloads.watch(accounts);
    }

    /// Shows what headers say about deadlines.
    public void watch(Deadlines deadlines) {
        AccountMetrics.add(deadlines, registry);
    }

    /// Shows which requests are refused before anything is done for them.
    public void watchAdmission(
            Supplier<AdmissionCounts> admission, Supplier<BodyCounts> bodies, Supplier<StreamCounts> streams) {
        offloads.watch(admission, bodies, () -> streams.get().refused());
    }

    /// Shows how many connections and streams there are, and what became of the others.
    public void watchListener(Supplier<ConnectionCounts> connections, Supplier<StreamCounts> streams) {
        ConnectionMetrics.add(connections, registry);
        StreamMetrics.add(streams, registry);
    }

    /// Shows what clients have collected, and what became of it and of all other events.
    ///
    /// @param exporters of each flag set, by its name
    public void watch(Supplier<CollectorCounts> collector, Supplier<Map<String, List<ExporterHealth>>> exporters) {
        EventMetrics.collected(collector, registry);
        EventMetrics.exported(exporters, registry);
    }

    /// `GET /metrics`. Writing all of it takes milliseconds, so it is a worker's task and no event loop's.
    public Route route(Offload offload) {
        return new PublicRoute("/metrics", offload, this::scrape);
    }

    private Response scrape(Request request, Waiting waiting) {
        return Exposition.of(
                request.accept(), List.of(registry.scrape(), verbatim.scrape(), ProcessMetrics.scrape()));
    }
}
