package dev.jackstaff.relay.goff;

import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.FlagRoute;
import java.time.InstantSource;
import java.util.List;

/// `POST /v1/feature/{flagKey}/eval` and `POST /v1/allflags`.
public final class GoffRoutes {
    private GoffRoutes() {}

    public static List<Route> of(InstantSource clock) {
        return List.of(
                FlagRoute.post("/v1/feature/{flagKey}/eval", UserRequest::decode, new EvaluateFeature(clock)),
                FlagRoute.post("/v1/allflags", UserRequest::decode, new AllFlags(clock)));
    }
}
