package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stages of a request in the only order they can have: each takes what only the one before it can make. Pure: no
/// connection, no clock, no state.
///
/// Admission and identification will stand between head and route; until then everybody is let in to every route.
final class Pipeline {
    private static final Header ALLOW_GET = Header.of(Header.ALLOW, "OPTIONS, GET");

    private final Router router;

    Pipeline(List<Route> routes) {
        router = new Router(routes);
    }

    /// Section 1.3 of the original's rules: OPTIONS is answered everywhere; public routes know their method; elsewhere a
    /// wrong method and an unknown path are the same.
    Or<Routed> route(Head head) {
        if (head.lacksHost()) return refused(400, "Bad Request: no Host header", head);
        Router.Match match = router.find(head.path());
        if (head.isOptions()) return Or.refused(options(match));
        if (!Percent.isWellFormed(head.path(), 0)) return refused(400, "Bad Request: broken escape in the path", head);
        if (match == null) return refused(404, "Not Found", head);
        return switch (match.route()) {
            case Route.PublicRoute route when head.method().equals(HttpMethod.GET) ->
                    Or.next(new Routed(head, route, ""));
            case Route.PublicRoute _ -> Or.refused(
                    Response.error(405, "Method Not Allowed", head.style()).with(ALLOW_GET));
            case Route.FlagRoute<?> route when head.method().equals(HttpMethod.POST) ->
                    withKey(head, route, match.rawKey());
            case Route.FlagRoute<?> _ -> refused(404, "Not Found", head);
        };
    }

    Response answer(Routed routed, @Nullable Body body) {
        Request request = routed.with(body);
        return switch (routed.route()) {
            case Route.PublicRoute route -> route.handler().apply(request);
            case Route.FlagRoute<?> route -> route.answer(request);
        };
    }

    private static Or<Routed> withKey(Head head, Route route, String rawKey) {
        String key = Percent.decode(rawKey);
        if (key == null) return refused(400, "Bad Request: the flag key in the path is not UTF-8", head);
        return Or.next(new Routed(head, route, key));
    }

    private static Response options(Router.@Nullable Match match) {
        Response response = Response.empty(204);
        return match != null && match.route() instanceof Route.PublicRoute ? response.with(ALLOW_GET) : response;
    }

    private static Or<Routed> refused(int status, String message, Head head) {
        return Or.refused(Response.error(status, message, head.style()));
    }
}
