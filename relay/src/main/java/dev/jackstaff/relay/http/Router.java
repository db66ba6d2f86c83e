package dev.jackstaff.relay.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the route of a path among those of one kind. Built once; paths are matched as sent, byte for byte. Immutable.
///
/// Cost: one hash look-up for paths without a key, and one prefix comparison for each route with one.
final class Router<R extends Route> {

    /// A route and the key in the path, still encoded; empty on routes without one.
    record Match<R extends Route>(R route, String rawKey) {}

    /// What stands before and after the key. Without anything after it the key takes the rest of the path, slashes
    /// included and cannot be empty; otherwise it ends at the next slash, which may come at once.
    private record KeyPattern<R extends Route>(R route, String before, String after) {

        static <R extends Route> KeyPattern<R> of(R route) {
            String template = route.template();
            int open = template.indexOf('{'), close = template.indexOf('}');
            boolean takesRest = template.startsWith("...}", close - 3);
            String after = template.substring(close + 1);
            if (takesRest != after.isEmpty()) throw new IllegalArgumentException("key and rest: " + template);
            return new KeyPattern<>(route, template.substring(0, open), after);
        }

        @Nullable
        String keyIn(String path) {
            int length = path.length() - before.length() - after.length();
            if (length < 0 || (length == 0 && after.isEmpty()) || !path.startsWith(before) || !path.endsWith(after))
                return null;
            String key = path.substring(before.length(), before.length() + length);
            return after.isEmpty() || key.indexOf('/') < 0 ? key : null;
        }
    }

    private final Map<String, Match<R>> exact = new HashMap<>();
    private final List<KeyPattern<R>> patterns = new ArrayList<>();

    Router(List<R> routes) {
        for (R route : routes) {
            if (route.hasFlagKey()) patterns.add(KeyPattern.of(route));
            else if (exact.put(route.template(), new Match<>(route, "")) != null)
                throw new IllegalArgumentException("two routes: " + route.template());
        }
    }

    @Nullable
    Match<R> find(String path) {
        Match<R> match = exact.get(path);
        if (match != null) return match;
        for (KeyPattern<R> pattern : patterns) {
            String key = pattern.keyIn(path);
            if (key != null) return new Match<>(pattern.route, key);
        }
        return null;
    }
}
