package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import org.jspecify.annotations.Nullable;

/// A request whose route is known, waiting for its body. Only [Pipeline#route] makes one. Immutable.
sealed interface Routed {
    Head head();

    Route route();

    /// The caller's flag set; null where there is none.
    default @Nullable ServedFlagSet flagSet() {
        return null;
    }

    /// How much the caller may ask.
    default Quota quota() {
        return Quota.UNLIMITED;
    }

    /// Where it is worked on when its body is large; null where none is.
    default @Nullable Offload batches() {
        return null;
    }

    /// The key in the path, decoded; empty without one.
    default String flagKey() {
        return "";
    }

    /// What it comes to, once the body is whole.
    Work work(@Nullable Body body, Limits limits);

    record Public(Head head, Route.PublicRoute route) implements Routed {
        @Override
        public Work work(@Nullable Body body, Limits limits) {
            Request request = request(head, "", body);
            Offload offload = route.offload();
            return offload == null
                    ? new Work.Answered(route.handler().handle(request, Waiting.NOT))
                    : new Work.Waits(offload, waiting -> route.handler().handle(request, waiting));
        }
    }

    record Flags(Head head, Route.FlagRoute<?> route, String flagKey, Gatekeeper.Client caller) implements Routed {
        @Override
        public Work work(@Nullable Body body, Limits limits) {
            return route.work(request(head, flagKey, body), caller.flagSet(), limits);
        }

        @Override
        public @Nullable ServedFlagSet flagSet() {
            return caller.flagSet();
        }

        @Override
        public Quota quota() {
            return caller.quota();
        }

        @Override
        public @Nullable Offload batches() {
            return route.batches();
        }
    }

    record Admin(Head head, Route.AdminRoute route, Gatekeeper.Administrator caller) implements Routed {
        @Override
        public Work work(@Nullable Body body, Limits limits) {
            AdminCall call = new AdminCall(request(head, "", body), caller.flagSet(), head.flagSet());
            return new Work.Waits(route.offload(), waiting -> route.handler().handle(call, waiting));
        }
    }

    record Stream(Head head, Route.StreamRoute route, Gatekeeper.Pass caller) implements Routed {
        @Override
        public Work work(@Nullable Body body, Limits limits) {
            return new Work.Listens(this);
        }

        @Override
        public @Nullable ServedFlagSet flagSet() {
            return caller.flagSet();
        }

        /// @param isHandshake whether the request is a sound WebSocket handshake
        Or<StreamStart> start(boolean isHandshake, @Nullable String lastEventId) {
            if (route.transport() == Transport.WEB_SOCKET && !isHandshake) return Or.refused(Handshake.REFUSAL);
            return route.handler().start(new StreamCall(head.style(), caller.flagSet(), lastEventId));
        }
    }

    private static Request request(Head head, String flagKey, @Nullable Body body) {
        return new Request(flagKey, head.style(), head.contentType(), head.ifNoneMatch(), head.accept(), body);
    }
}
