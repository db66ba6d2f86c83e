package dev.jackstaff.relay.collect;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.MalformedJsonException;
import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `{"meta": {...}, "events": [...]}` (`cmd/relayproxy/controller/collect_eval_data.go`).
///
/// @param events   in their order
/// @param rejected what is wrong with each event that is none, without values
record CollectRequest(List<Event> events, List<String> rejected) {
    private static final String INVALID = "collectEvalData: invalid input data";

    CollectRequest {
        events = List.copyOf(events);
        rejected = List.copyOf(rejected);
    }

    static Or<CollectRequest> decode(Request request) {
        Members members = new Members();
        if (request.body() != null) {
            if (!request.isJson()) return refused(INVALID + " code=415, message=Unsupported Media Type", request);
            try (JsonReader json = JsonReader.over(request.body())) {
                members.read(json);
            } catch (MalformedJsonException e) {
                return refused(INVALID + " code=400, message=" + e.getMessage(), request);
            }
        }
        return members.events == null
                ? refused(INVALID, request)
                : Or.next(of(members.events, members.meta));
    }

    private static CollectRequest of(
            List<Map<String, @Nullable Object>> sent, @Nullable Map<String, @Nullable Object> meta) {
        List<Event> events = new ArrayList<>(sent.size());
        List<String> rejected = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            try {
                events.add(SentEvent.read(sent.get(i), meta));
            } catch (MalformedEventException e) {
                rejected.add("events[" + i + "]: " + e.getMessage());
            }
        }
        return new CollectRequest(events, rejected);
    }

    private static Or<CollectRequest> refused(String message, Request request) {
        return Or.refused(Response.error(400, message, request.style()));
    }

    /// What has been read so far; of a list that stands twice the later one counts.
    private static final class Members {
        private @Nullable List<Map<String, @Nullable Object>> events;
        private @Nullable Map<String, @Nullable Object> meta;

        void read(JsonReader json) throws MalformedJsonException {
            if (!json.enterObject("model.CollectEvalDataRequest", "")) return;
            for (String name; (name = json.nextName()) != null;) {
                if (name.equalsIgnoreCase("events")) events = json.objects("events");
                else if (name.equalsIgnoreCase("meta")) meta = json.object("meta", meta);
                else
                    json.skip();
            }
        }
    }
}
