package dev.jackstaff.relay.collect;

import dev.jackstaff.relay.http.Offload;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.FlagRoute;
import java.util.List;

/// `POST /v1/data/collector`.
public final class CollectRoutes {
    private CollectRoutes() {}

    /// @param collector takes the events, and counts them
    /// @param offload   where batches are worked on that are too large for an event loop
    public static List<Route> of(Collector collector, Offload offload) {
        return List.of(FlagRoute.batch("/v1/data/collector", CollectRequest::decode, collector, offload));
    }
}
