package dev.jackstaff.relay.http;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stages of a request in the only order they can have: each takes what only the one before it can make. Pure: no
/// connection, no clock, no state.
final class Pipeline {
    private static final Header ALLOW_GET = Header.of(Header.ALLOW, "OPTIONS, GET");

    private final @Nullable Gatekeeper gatekeeper;
    private final Router<Route.PublicRoute> publicRoutes;
    private final Router<Route.FlagRoute<?>> flagRoutes;
    private final Router<Route.AdminRoute> adminRoutes;
    private final Router<Route.StreamRoute> streamRoutes;
    private final Router<Route.StreamRoute> openStreamRoutes;
    private final Places places;

    /// @param gatekeeper asked in every area but the open one; null where nobody is asked and only public routes answer
    Pipeline(@Nullable Gatekeeper gatekeeper, List<? extends Route> routes) {
        this.gatekeeper = gatekeeper;
        List<Route.PublicRoute> publicOnes = new ArrayList<>();
        List<Route.FlagRoute<?>> flagOnes = new ArrayList<>();
        List<Route.AdminRoute> adminOnes = new ArrayList<>();
        List<Route.StreamRoute> streams = new ArrayList<>();
        for (Route route : routes) {
            switch (route) {
                case Route.PublicRoute it -> publicOnes.add(it);
                case Route.FlagRoute<?> it -> flagOnes.add(it);
                case Route.AdminRoute it -> adminOnes.add(it);
                case Route.StreamRoute it -> streams.add(it);
            }
        }
        publicRoutes = new Router<>(publicOnes);
        flagRoutes = new Router<>(flagOnes);
        adminRoutes = new Router<>(adminOnes);
        streamRoutes = new Router<>(streams);
        openStreamRoutes = new Router<>(streams.stream().filter(Route.StreamRoute::isOpen).toList());
        places = new Places(routes);
    }

    /// Where requests can be answered, by their numbers.
    List<Place> places() {
        return places.all();
    }

    /// Where a request is answered: also one that was refused before its route was reached.
    ///
    /// @param known its route, where that has been found already
    Place placeOf(Head head, @Nullable Route known) {
        Route route = known == null ? routeOf(head) : known;
        return route == null ? places.without(head.path()) : places.of(route);
    }

    /// The route that a request is for, whoever sends it; null when there is none.
    @Nullable
    Route routeOf(Head head) {
        return switch (gatekeeper == null ? Area.OPEN : Area.of(head.path())) {
            case OPEN -> {
                Router.Match<Route.PublicRoute> match = publicRoutes.find(head.path());
                yield match == null ? routeOf(openStreamRoutes.find(head.path())) : match.route();
            }
            case FLAGS -> {
                Router.Match<Route.FlagRoute<?>> match = flagRoutes.find(head.path());
                yield match != null && match.route().method().equals(head.method()) ? match.route() : null;
            }
            case ADMIN -> head.method().equals(HttpMethod.POST) ? routeOf(adminRoutes.find(head.path())) : null;
            case STREAMS -> isGet(head) ? routeOf(streamRoutes.find(head.path())) : null;
        };
    }

    private static @Nullable Route routeOf(Router.@Nullable Match<? extends Route> match) {
        return match == null ? null : match.route();
    }

    /// Turns away what is no request, and answers OPTIONS, which is answered everywhere.
    Or<Admitted> admit(Head head) {
        if (head.lacksHost()) return refused(400, "Bad Request: no Host header", head);
        if (head.isOptions()) return Or.refused(options(head));
        if (!Percent.isWellFormed(head.path(), 0)) return refused(400, "Bad Request: broken escape in the path", head);
        return Or.next(new Admitted(head, gatekeeper == null ? Area.OPEN : Area.of(head.path())));
    }

    /// Finds out who calls, before anything else is told.
    Or<Identified> identify(Admitted admitted) {
        Head head = admitted.head();
        if (gatekeeper == null) return Or.next(new Identified.Anybody(head));
        return switch (admitted.area()) {
            case OPEN -> isOpenStream(head) && isGet(head)
                    ? listener(gatekeeper, head)
                    : Or.next(new Identified.Anybody(head));
            case FLAGS -> gatekeeper.client(head.credentials(), head.style())
                    .then(caller -> Or.next(new Identified.Client(head, caller)));
            case STREAMS -> listener(gatekeeper, head);
            case ADMIN -> gatekeeper.administrator(head.credentials(), head.style())
                    .then(caller -> Or.next(new Identified.Administrator(head, caller)));
        };
    }

    /// Section 1.3 of the original's rules: public routes know their method; elsewhere a wrong method and an unknown path
    /// are the same.
    Or<Routed> route(Identified identified) {
        return switch (identified) {
            case Identified.Anybody(Head head) -> publicRoute(head);
            case Identified.Client(Head head, Gatekeeper.Client caller) -> flagRoute(head, caller);
            case Identified.Listener(Head head, Gatekeeper.Pass caller) -> streamRoute(head, caller);
            case Identified.Administrator(Head head, Gatekeeper.Administrator caller) -> adminRoute(head, caller);
        };
    }

    private static Or<Identified> listener(Gatekeeper gatekeeper, Head head) {
        return gatekeeper.subscriber(head.credentials(), head.style())
                .then(caller -> Or.next(new Identified.Listener(head, caller)));
    }

    private Or<Routed> publicRoute(Head head) {
        Router.Match<Route.PublicRoute> match = publicRoutes.find(head.path());
        if (match == null && !isOpenStream(head)) return notFound(head);
        return match != null && isGet(head)
                ? Or.next(new Routed.Public(head, match.route()))
                : Or.refused(Response.error(405, "Method Not Allowed", head.style()).with(ALLOW_GET));
    }

    private Or<Routed> streamRoute(Head head, Gatekeeper.Pass caller) {
        Router.Match<Route.StreamRoute> match = streamRoutes.find(head.path());
        return match != null && isGet(head)
                ? Or.next(new Routed.Stream(head, match.route(), caller))
                : notFound(head);
    }

    private boolean isOpenStream(Head head) {
        return openStreamRoutes.find(head.path()) != null;
    }

    private static boolean isGet(Head head) {
        return head.method().equals(HttpMethod.GET);
    }

    private Or<Routed> flagRoute(Head head, Gatekeeper.Client caller) {
        Router.Match<Route.FlagRoute<?>> match = flagRoutes.find(head.path());
        if (match == null || !match.route().method().equals(head.method())) return notFound(head);
        String key = Percent.decode(match.rawKey());
        return key == null
                ? refused(400, "Bad Request: the flag key in the path is not UTF-8", head)
                : Or.next(new Routed.Flags(head, match.route(), key, caller));
    }

    private Or<Routed> adminRoute(Head head, Gatekeeper.Administrator caller) {
        Router.Match<Route.AdminRoute> match = adminRoutes.find(head.path());
        return match != null && head.method().equals(HttpMethod.POST)
                ? Or.next(new Routed.Admin(head, match.route(), caller))
                : notFound(head);
    }

    private Response options(Head head) {
        Response response = Response.empty(204);
        return publicRoutes.find(head.path()) == null && !isOpenStream(head) ? response : response.with(ALLOW_GET);
    }

    private static <T> Or<T> notFound(Head head) {
        return refused(404, "Not Found", head);
    }

    private static <T> Or<T> refused(int status, String message, Head head) {
        return Or.refused(Response.error(status, message, head.style()));
    }
}
