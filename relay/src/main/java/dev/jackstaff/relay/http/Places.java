package dev.jackstaff.relay.http;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The places of one listener: its routes, and the paths that have none. Built once. Immutable.
///
/// Cost: one look-up by identity for a route; paths without one are compared with the prefixes.
final class Places {
    private static final String ELSEWHERE = "";

    private final IdentityHashMap<Route, Place> ofRoutes = new IdentityHashMap<>();
    private final Map<String, Place> withoutRoute = new LinkedHashMap<>();

    Places(List<? extends Route> routes) {
        for (Route route : routes) ofRoutes.put(route, next(route.template()));
        for (String prefix : Area.PREFIXES) withoutRoute.put(prefix, next(prefix + "/*"));
        withoutRoute.put(ELSEWHERE, next("/*"));
    }

    private Place next(String template) {
        return new Place(ofRoutes.size() + withoutRoute.size(), template);
    }

    /// All of them, by their numbers.
    List<Place> all() {
        return Stream.concat(ofRoutes.values().stream(), withoutRoute.values().stream())
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
    }

    Place of(Route route) {
        return Objects.requireNonNull(ofRoutes.get(route), "a route of this listener");
    }

    /// Of a path that has no route.
    Place without(String path) {
        String prefix = Area.prefixOf(path);
        return Objects.requireNonNull(withoutRoute.get(prefix == null ? ELSEWHERE : prefix));
    }
}
