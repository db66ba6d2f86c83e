package dev.jackstaff.relay.collect;

import dev.jackstaff.engine.event.EvaluationEvent;
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
    private static final String EVENTS = "events";
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
                : Or.next(members.events.about(members.meta));
    }

    /// As sent, before it is known what is said about all of them, which may come after them.
    private static CollectRequest read(JsonReader json) throws MalformedJsonException {
        List<Event> events = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        SentEvent sent = new SentEvent();
        for (int i = 0; json.nextElement(); i++) {
            sent.read(json, EVENTS);
            try {
                events.add(sent.event());
            } catch (MalformedEventException e) {
                rejected.add(EVENTS + "[" + i + "]: " + e.getMessage());
            }
        }
        return new CollectRequest(events, rejected);
    }

    /// @param meta takes the place of an evaluation event's own metadata, also when it is empty; null for none
    private CollectRequest about(@Nullable Map<String, @Nullable Object> meta) {
        if (meta == null) return this;
        return new CollectRequest(events.stream().map(event -> about(event, meta)).toList(), rejected);
    }

    private static Event about(Event event, Map<String, @Nullable Object> meta) {
        return event instanceof EvaluationEvent it
                ? new EvaluationEvent(
                        it.kind(), it.contextKind(), it.userKey(), it.creationDate(), it.key(), it.variation(),
                        it.value(),
                        it.failed(), it.version(), it.source(), meta)
                : event;
    }

    private static Or<CollectRequest> refused(String message, Request request) {
        return Or.refused(Response.error(400, message, request.style()));
    }

    /// What has been read so far; of a list that stands twice the later one counts.
    private static final class Members {
        private @Nullable CollectRequest events;
        private @Nullable Map<String, @Nullable Object> meta;

        void read(JsonReader json) throws MalformedJsonException {
            if (!json.enterObject("model.CollectEvalDataRequest", "")) return;
            for (String name; (name = json.nextName()) != null;) {
                if (name.equalsIgnoreCase(EVENTS))
                    events = json.enterObjects(EVENTS) ? CollectRequest.read(json) : null;
                else if (name.equalsIgnoreCase("meta")) meta = json.object("meta", meta);
                else
                    json.skip();
            }
        }
    }
}
