package dev.jackstaff.relay.ofrep;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.MalformedJsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `{"context": {"targetingKey": "...", ...}}`: the whole context, targeting key included, becomes the attributes; a
/// targeting key that is no string counts as missing (`cmd/relayproxy/handler/ofrep`).
final class OfrepRequest {
    private OfrepRequest() {}

    static Or<EvaluationContext> decode(Request request) {
        Map<String, @Nullable Object> context = null;
        if (request.body() != null) {
            if (!request.isJson())
                return Or.refused(OfrepError.invalidContext(request, "code=415, message=Unsupported Media Type"));
            try (JsonReader json = JsonReader.over(request.body())) {
                context = context(json);
            } catch (MalformedJsonException e) {
                return Or.refused(OfrepError.invalidContext(request, "code=400, message=" + e.getMessage()));
            }
        }
        if (context == null)
            return Or.refused(OfrepError.invalidContext(
                    request, "GO Feature Flag requires an evaluation context in the request."));
        String targetingKey = context.get("targetingKey") instanceof String key ? key : "";
        return Or.next(EvaluationContext.of(targetingKey, context));
    }

    private static @Nullable Map<String, @Nullable Object> context(JsonReader json) throws MalformedJsonException {
        Map<String, @Nullable Object> context = null;
        if (!json.enterObject("object", "")) return null;
        for (String name; (name = json.nextName()) != null;) {
            if (name.equalsIgnoreCase("context")) context = json.attributes("context", context);
            else
                json.skip();
        }
        return context;
    }
}
