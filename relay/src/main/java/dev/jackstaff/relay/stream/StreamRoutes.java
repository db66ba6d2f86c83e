package dev.jackstaff.relay.stream;

import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.StreamRoute;
import java.util.ArrayList;
import java.util.List;

/// `/stream/v1`, and the older name of its WebSocket.
public final class StreamRoutes {
    private StreamRoutes() {}

    /// With the stream for OFREP.
    public static List<Route> withRefetches() {
        List<Route> routes = new ArrayList<>(of());
        routes.add(StreamRoute.events(RefetchTopic.PATH, ListenToRefetches::start));
        return routes;
    }

    public static List<Route> of() {
        StreamRoute events = StreamRoute.events("/stream/v1/sse/flag/change", new ListenToEvents());
        StreamRoute webSocket = StreamRoute.webSocket("/stream/v1/ws/flag/change", ListenToChanges::start);
        return List.of(events, webSocket, webSocket.formerly("/ws/v1/flag/change"));
    }
}
