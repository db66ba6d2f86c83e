package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.Served;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/// Counts what the relay is used for. As in the original an evaluation counts when it is asked for, also with a body that
/// cannot be read (`cmd/relayproxy/controller`). Thread-safe.
final class UseMetrics {

    /// What a route is for.
    private enum Use {
        ONE_FLAG,
        ALL_FLAGS,
        CONFIGURATION,
        MANIFEST,
        REFRESH,
        OTHER;

        static Use of(String template) {
            return switch (template) {
                case "/v1/feature/{flagKey}/eval", "/ofrep/v1/evaluate/flags/{flagKey...}" -> ONE_FLAG;
                case "/v1/allflags", "/ofrep/v1/evaluate/flags" -> ALL_FLAGS;
                case "/v1/flag/configuration" -> CONFIGURATION;
                case "/openfeature/v0/manifest" -> MANIFEST;
                case "/admin/v1/retriever/refresh" -> REFRESH;
                default -> OTHER;
            };
        }
    }

    /// Counts the requests of one route.
    interface Counting {
        void count(Served request);
    }

    private final FlagNames oneFlag;
    private final Counter allFlags;
    private final @Nullable FlagNames eachOfAllFlags;
    private final Counter configuration;
    private final Counter manifest;
    private final Counter refresh;

    UseMetrics(PrometheusRegistry registry, VerbatimCounters verbatim, boolean bulkFlagNames) {
        oneFlag = new FlagNames(Counter.builder()
                .name("gofeatureflag_flag_evaluations_total")
                .help("Evaluations of one flag.")
                .labelNames(FlagNames.LABEL)
                .withoutExemplars()
                .register(registry));
        allFlags = counter(
                "gofeatureflag_all_flag_evaluations_total", "Evaluations of all flags, or of a list of them.",
                registry);
        eachOfAllFlags = bulkFlagNames
                ? new FlagNames(verbatim.add(
                        "gofeatureflag_all_flags_evaluations_total_with_flag",
                        "Evaluations of each flag among all flags.", FlagNames.LABEL))
                : null;
        configuration = counter(
                "gofeatureflag_flag_configuration_total", "Requests for the flag configuration.", registry);
        manifest = counter("gofeatureflag_get_manifest_total", "Manifests handed out.", registry);
        refresh = verbatim.add("gofeatureflag_force_refresh", "Refreshes by hand.");
    }

    private static Counter counter(String name, String help, PrometheusRegistry registry) {
        Counter counter = Counter.builder().name(name).help(help).withoutExemplars().register(registry);
        counter.inc(0);
        return counter;
    }

    /// @param template of the route
    Counting at(String template) {
        return switch (Use.of(template)) {
            case ONE_FLAG -> request -> oneFlag.sent(request.flagKey(), request.flagSet());
            case ALL_FLAGS -> this::allFlags;
            case CONFIGURATION -> _ -> configuration.inc();
            case MANIFEST -> request -> {
                if (request.status() == 200) manifest.inc();
            };
            case REFRESH -> _ -> refresh.inc();
            case OTHER -> _ -> {};
        };
    }

    private void allFlags(Served request) {
        allFlags.inc();
        if (eachOfAllFlags == null) return;
        for (String flag : request.flags()) eachOfAllFlags.sentAndExists(flag, request.flagSet());
    }
}
