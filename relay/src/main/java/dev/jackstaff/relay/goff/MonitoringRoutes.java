package dev.jackstaff.relay.goff;

import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.PublicRoute;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `GET /health` and `GET /info`.
public final class MonitoringRoutes {
    private MonitoringRoutes() {}

    /// @param lastRefresh when the flags were last read successfully, null before that
    public static List<Route> of(Supplier<@Nullable Instant> lastRefresh) {
        return List.of(
                new PublicRoute("/health", Monitoring::health),
                new PublicRoute("/info", request -> Monitoring.info(request, lastRefresh.get())));
    }
}
