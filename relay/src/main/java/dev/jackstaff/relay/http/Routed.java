package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import org.jspecify.annotations.Nullable;

/// A request whose route is known, waiting for its body. Only [Pipeline#route] makes one. Immutable.
final class Routed {
    private final Head head;
    private final Route route;
    private final String flagKey;

    Routed(Head head, Route route, String flagKey) {
        this.head = head;
        this.route = route;
        this.flagKey = flagKey;
    }

    Route route() {
        return route;
    }

    /// The whole request, once its body is.
    Request with(@Nullable Body body) {
        return new Request(flagKey, head.style(), head.contentType(), head.ifNoneMatch(), body);
    }
}
