package dev.jackstaff.relay.ofrep;

import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.FlagRoute;
import dev.jackstaff.relay.http.RouteClass;
import java.time.InstantSource;
import java.util.List;

/// `POST /ofrep/v1/evaluate/flags/{flagKey}` and `POST /ofrep/v1/evaluate/flags`.
public final class OfrepRoutes {
    private OfrepRoutes() {}

    public static List<Route> of(InstantSource clock) {
        return List.of(
                FlagRoute.post(
                        "/ofrep/v1/evaluate/flags/{flagKey...}", RouteClass.EVALUATE, OfrepRequest::decode,
                        new EvaluateFlag(clock)),
                FlagRoute.bulk("/ofrep/v1/evaluate/flags", OfrepRequest::decode, new EvaluateFlags(clock)));
    }
}
