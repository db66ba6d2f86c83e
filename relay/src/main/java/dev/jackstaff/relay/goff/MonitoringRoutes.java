package dev.jackstaff.relay.goff;

import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.PublicRoute;
import dev.jackstaff.runtime.FlagSetStatus;
import java.util.List;
import java.util.function.Supplier;

/// `GET /health` and `GET /info`.
public final class MonitoringRoutes {
    private MonitoringRoutes() {}

    /// @param flagSets how each flag set does
    /// @param byKey    whether they are told apart by keys, and so by name
    public static List<Route> of(Supplier<List<FlagSetStatus>> flagSets, boolean byKey) {
        return List.of(
                new PublicRoute("/health", Monitoring::health),
                new PublicRoute("/info", request -> Monitoring.info(request, flagSets.get(), byKey)));
    }
}
