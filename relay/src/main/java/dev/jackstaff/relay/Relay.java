package dev.jackstaff.relay;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.relay.admin.AdminRoutes;
import dev.jackstaff.relay.auth.KeyGate;
import dev.jackstaff.relay.collect.CollectRoutes;
import dev.jackstaff.relay.collect.Collector;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.documentation.DocumentationRoutes;
import dev.jackstaff.relay.goff.GoffRoutes;
import dev.jackstaff.relay.goff.MonitoringRoutes;
import dev.jackstaff.relay.http.Deadlines;
import dev.jackstaff.relay.http.Offload;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.StuckWorkers;
import dev.jackstaff.relay.log.Logs;
import dev.jackstaff.relay.metrics.Metrics;
import dev.jackstaff.relay.ofrep.OfrepRoutes;
import dev.jackstaff.relay.probes.ProbeRoutes;
import dev.jackstaff.relay.probes.Readiness;
import dev.jackstaff.relay.stream.StreamRoutes;
import dev.jackstaff.relay.traces.Traces;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the server: flags first, then the port, so that the first request is answered from real flags.
public final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /// Refreshes of a flag set share two runs at most, so more would only wait beside each other.
    private static final int REFRESHES_AT_ONCE = 16;

    /// Large batches that wait, whole, for a processor. The memory for bodies has room for fewer, in most cases.
    private static final int BATCHES_WAITING = 4_096;

    private static final int SCRAPES_AT_ONCE = 4;

    /// How often somebody looks for workers that do not come back.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private Relay() {}

    /// Loads the flags, binds the port and answers from then on. Sets logging up for the whole process.
    ///
    /// Takes as long as the retrievers take, each within its limit.
    ///
    /// @throws StartException when flags cannot be loaded (and the configuration does not allow to start without), or
    ///         the port cannot be bound
    public static RunningRelay start(RelayConfig config) throws StartException {
        return start(config, () -> {});
    }

    /// Starts in the same way, serves until the process is told to end (SIGTERM, SIGINT), then stops as [RunningRelay#close] does
    /// and ends the process with exit code 0. Does not return.
    ///
    /// A signal before the port is bound ends the process at once, with the exit code of the signal. A second one while it stops
    /// ends the wait for requests and streams; events are delivered all the same.
    ///
    /// @throws StartException as [#start] does
    public static void serve(RelayConfig config) throws StartException {
        SignalStop stop = new SignalStop();
        try {
            stop.serve(start(config, stop::listen));
        } finally {
            stop.cancel();
        }
    }

    /// @param beforeListening run when all is ready but the port
    private static RunningRelay start(RelayConfig config, Runnable beforeListening) throws StartException {
        Logs.configure(config.log());
        if (!config.hideBanner()) Banner.print(version());
        for (Problem problem : config.problems()) LOG.warn("configuration: {}", problem);
        FlagSetThreads threads = new FlagSetThreads();
        Metrics metrics = new Metrics(version(), config.bulkMetricFlagNames());
        FlagSets flagSets;
        try {
            flagSets = FlagSets.begin(config, threads.resources(), metrics.flagChanges());
        } catch (StartException e) {
            threads.close();
            throw e;
        }
        Traces traces = traces(config);
        try {
            return start(config, threads, metrics, flagSets, traces, beforeListening);
        } catch (StartException | IOException e) {
            flagSets.close();
            threads.close();
            if (traces != null) traces.close();
            throw e instanceof StartException told
                    ? told
                    : new StartException(Objects.requireNonNullElse(e.getMessage(), "cannot listen"), List.of());
        }
    }

    /// Makes the ports ready while the flags are loaded, and binds them then.
    private static RunningRelay start(
            RelayConfig config, FlagSetThreads threads, Metrics metrics, FlagSets flagSets, @Nullable Traces traces,
            Runnable beforeListening) throws StartException, IOException {
        Deadlines deadlines = new Deadlines(config.deadline());
        StuckWorkers stuck = new StuckWorkers();
        Readiness readiness = new Readiness(
                flagSets::status, stuck::shortages, config.staleLimit(), InstantSource.system());
        @Nullable
        String version = config.disableVersionHeader() ? null : version();
        Ports ports = Ports.prepare(
                config, version, new KeyGate(flagSets::access),
                routes(config, flagSets, threads, metrics, stuck, readiness), documentation(config),
                deadlines, new AccessLog(),
                traces == null ? List.of(metrics.requests()) : List.of(metrics.requests(), traces));
        try {
            flagSets.await();
        } catch (StartException e) {
            ports.close();
            throw e;
        }
        beforeListening.run();
        ports.bind();
        threads.every(LOOK, stuck::look);
        metrics.watch(deadlines);
        metrics.watch(ports.main()::accounts);
        metrics.watchAdmission(ports.main()::admission, ports.main()::bodies, ports.main()::streams);
        metrics.watchListener(ports.main()::connections, ports.main()::streams);
        LOG.atInfo()
                .addKeyValue("host", config.server().host())
                .addKeyValue("port", ports.main().port())
                .addKeyValue("monitoringPort", ports.monitoringPort())
                .addKeyValue("version", version())
                .log("listening");
        flagSets.logChanges();
        ConfigWatch watch = ConfigWatch.start(
                config, new Reload(config, ports, flagSets)::apply, threads.resources());
        return new RunningRelay(
                readiness, ports, watch, flagSets, threads, traces == null ? () -> {} : traces::close);
    }

    /// Null when none are sent. Trouble with them is no reason not to serve flags.
    private static @Nullable Traces traces(RelayConfig config) {
        RelayConfig.Tracing tracing = config.tracing();
        if (tracing == null) return null;
        try {
            return Traces.start(tracing, version(), InstantSource.system());
        } catch (IllegalArgumentException e) {
            LOG.error("no traces are sent: {}", e.getMessage());
            return null;
        }
    }

    static List<Route> documentation(RelayConfig config) {
        RelayConfig.Documentation documentation = config.documentation();
        return documentation == null ? List.of() : DocumentationRoutes.of(version(), documentation.server());
    }

    /// Every route but those of the documentation.
    static List<Route> routes(
            RelayConfig config, FlagSets flagSets, FlagSetThreads threads, Metrics metrics, StuckWorkers stuck,
            Readiness readiness) {
        InstantSource clock = InstantSource.system();
        List<Route> routes = new ArrayList<>(OfrepRoutes.of(clock));
        routes.addAll(GoffRoutes.of(clock));
        Offload refreshes = new Offload(threads.resources().workers(), REFRESHES_AT_ONCE);
        routes.addAll(AdminRoutes.of(flagSets, refreshes));
        Offload batches = new Offload(threads.busy(), FlagSetThreads.PROCESSORS, BATCHES_WAITING);
        Collector collector = new Collector();
        routes.addAll(CollectRoutes.of(collector, batches));
        Offload scrapes = new Offload(threads.resources().workers(), SCRAPES_AT_ONCE);
        routes.add(metrics.route(scrapes));
        metrics.watch(collector::counts, flagSets::exporters);
        Map.of("refresh", refreshes, "collect", batches, "metrics", scrapes).forEach((name, offload) -> {
            metrics.watch(name, offload);
            stuck.watch(name, offload);
        });
        routes.addAll(config.eventStreams() ? StreamRoutes.withRefetches() : StreamRoutes.of());
        routes.addAll(MonitoringRoutes.of(flagSets::status, config.servesByKey()));
        routes.addAll(ProbeRoutes.of(readiness));
        return routes;
    }

    /// Of the jar; the original's word for a build without one.
    private static String version() {
        return Objects.requireNonNullElse(Relay.class.getPackage().getImplementationVersion(), "localdev");
    }
}
