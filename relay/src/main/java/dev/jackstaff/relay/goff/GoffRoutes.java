package dev.jackstaff.relay.goff;

import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.FlagRoute;
import dev.jackstaff.relay.http.RouteClass;
import java.time.InstantSource;
import java.util.List;

/// `/v1` but for the collector, and the manifest of `/openfeature/v0`.
public final class GoffRoutes {
    private GoffRoutes() {}

    public static List<Route> of(InstantSource clock) {
        return List.of(
                FlagRoute.post(
                        "/v1/feature/{flagKey}/eval", RouteClass.EVALUATE, EvaluateFeature::decode,
                        new EvaluateFeature(clock)),
                FlagRoute.bulk("/v1/allflags", UserRequest::decode, new AllFlags(clock)),
                FlagRoute.get("/v1/flag/change", Or::next, new FlagChange()),
                FlagRoute.post(
                        "/v1/flag/configuration", FlagConfigurationRequest::decode, new FlagConfiguration()),
                FlagRoute.get("/openfeature/v0/manifest", Or::next, new Manifest()));
    }
}
