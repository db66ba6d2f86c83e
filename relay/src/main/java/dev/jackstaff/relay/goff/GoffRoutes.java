package dev.jackstaff.relay.goff;

import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.http.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `POST /v1/feature/{flagKey}/eval`, `POST /v1/allflags`, `GET /health`, `GET /info`.
public final class GoffRoutes {
    private GoffRoutes() {}

    /// @param flags       the snapshot in force; asked once a request, so that one answer sees one revision
    /// @param lastRefresh when the flags were last read successfully, null before that
    public static List<Route> of(Supplier<Snapshot> flags, Supplier<@Nullable Instant> lastRefresh,
            InstantSource clock) {
        return List.of(
                new Route.FlagRoute<>(
                        "/v1/feature/{flagKey}/eval", UserRequest::decode, new EvaluateFeature(flags, clock)),
                new Route.FlagRoute<>("/v1/allflags", UserRequest::decode, new AllFlags(flags, clock)),
                new Route.PublicRoute("/health", Monitoring::health),
                new Route.PublicRoute("/info", request -> Monitoring.info(request, lastRefresh.get())));
    }
}
