package dev.jackstaff.relay.ofrep;

import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// `POST /ofrep/v1/evaluate/flags/{flagKey}` and `POST /ofrep/v1/evaluate/flags`.
public final class OfrepRoutes {
    private OfrepRoutes() {}

    /// @param flags the snapshot in force; asked once a request, so that one answer sees one revision
    public static List<Route> of(Supplier<Snapshot> flags, InstantSource clock) {
        return List.of(
                new Route.FlagRoute<>(
                        "/ofrep/v1/evaluate/flags/{flagKey...}", OfrepRequest::decode, new EvaluateFlag(flags, clock)),
                new Route.FlagRoute<>(
                        "/ofrep/v1/evaluate/flags", OfrepRequest::decode, new EvaluateFlags(flags, clock)));
    }
}
