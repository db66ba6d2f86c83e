package dev.jackstaff.relay.probes;

import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.PublicRoute;
import java.util.List;

/// `GET /livez` and `GET /readyz`, which the original does not have: its `/health` says yes whatever has happened.
public final class ProbeRoutes {
    private static final Name ALIVE = Name.of("alive");

    private ProbeRoutes() {}

    public static List<Route> of(Readiness readiness) {
        return List.of(
                new PublicRoute("/livez", ProbeRoutes::alive), new PublicRoute("/readyz", readiness::answer));
    }

    /// Nothing that could be wrong with flags is mended by a restart, so this asks only whether an event loop still turns.
    private static Response alive(Request request) {
        return Response.json(200, JsonWriter.write(
                request.style().pretty(), json -> json.beginObject().member(ALIVE, true).endObject()));
    }
}
