package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import org.jspecify.annotations.Nullable;

/// A request whose route is known, waiting for its body. Only [Pipeline#route] makes one. Immutable.
sealed interface Routed {
    Head head();

    Route route();

    /// The answer, once the body is whole.
    Response answer(@Nullable Body body);

    record Public(Head head, Route.PublicRoute route) implements Routed {
        @Override
        public Response answer(@Nullable Body body) {
            return route.handler().apply(request(head, "", body));
        }
    }

    record Flags(Head head, Route.FlagRoute<?> route, String flagKey, Gatekeeper.Client caller) implements Routed {
        @Override
        public Response answer(@Nullable Body body) {
            return route.answer(request(head, flagKey, body), caller.flagSet());
        }
    }

    private static Request request(Head head, String flagKey, @Nullable Body body) {
        return new Request(flagKey, head.style(), head.contentType(), head.ifNoneMatch(), body);
    }
}
