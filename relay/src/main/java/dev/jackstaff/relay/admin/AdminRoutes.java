package dev.jackstaff.relay.admin;

import dev.jackstaff.relay.http.Offload;
import dev.jackstaff.relay.http.Route;
import java.util.List;

/// `POST /admin/v1/retriever/refresh`.
public final class AdminRoutes {
    private AdminRoutes() {}

    /// @param flagSets what can be refreshed
    /// @param offload  where refreshes are waited for
    public static List<Route> of(Refreshable flagSets, Offload offload) {
        return List.of(new Route.AdminRoute("/admin/v1/retriever/refresh", offload, new RefreshFlags(flagSets)));
    }
}
