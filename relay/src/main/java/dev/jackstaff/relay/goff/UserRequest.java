package dev.jackstaff.relay.goff;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.MalformedJsonException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A user in one of two forms, and the value to fall back on (`cmd/relayproxy/model/relay_proxy_request.go`).
///
/// @param context      from `evaluationContext`, or from the older `user` where that is absent
/// @param defaultValue null when absent
record UserRequest(EvaluationContext context, @Nullable Object defaultValue) {

    static Or<UserRequest> decode(Request request) {
        Members members = new Members();
        if (request.body() != null) {
            if (!request.isJson()) return refused(415, "Unsupported Media Type", request);
            try (JsonReader json = JsonReader.over(request.body())) {
                members.read(json);
            } catch (MalformedJsonException e) {
                return refused(400, String.valueOf(e.getMessage()), request);
            }
        }
        EvaluationContext context = members.context();
        return context == null
                ? refused(400, "assertRequest: impossible to find user in request", request)
                : Or.next(new UserRequest(context, members.defaultValue));
    }

    private static Or<UserRequest> refused(int status, String message, Request request) {
        return Or.refused(Response.error(status, message, request.style()));
    }

    /// What has been read so far; a member that stands twice is merged into the earlier one.
    private static final class Members {
        private @Nullable User user;
        private @Nullable User evaluationContext;
        private @Nullable Object defaultValue;

        void read(JsonReader json) throws MalformedJsonException {
            if (!json.enterObject("object", "")) return;
            for (String name; (name = json.nextName()) != null;) {
                if (name.equalsIgnoreCase("evaluationContext"))
                    evaluationContext = User.read(json, "evaluationContext", evaluationContext, false);
                else if (name.equalsIgnoreCase("user")) user = User.read(json, "user", user, true);
                else if (name.equalsIgnoreCase("defaultValue")) defaultValue = json.any();
                else
                    json.skip();
            }
        }

        @Nullable
        EvaluationContext context() {
            if (evaluationContext != null) return evaluationContext.context(false);
            return user == null ? null : user.context(true);
        }
    }

    /// `key`, `custom`, and `anonymous` in the older form only.
    private static final class User {
        private String key = "";
        private boolean anonymous;
        private @Nullable Map<String, @Nullable Object> custom;

        static @Nullable User read(JsonReader json, String path, @Nullable User before, boolean older)
                throws MalformedJsonException {
            if (!json.enterObject("object", path)) return null;
            User user = before == null ? new User() : before;
            for (String name; (name = json.nextName()) != null;) {
                if (name.equalsIgnoreCase("key")) user.key = json.string(path + ".key", user.key);
                else if (name.equalsIgnoreCase("custom")) user.custom = json.attributes(path + ".custom", user.custom);
                else if (older && name.equalsIgnoreCase("anonymous"))
                    user.anonymous = json.bool(path + ".anonymous", user.anonymous);
                else
                    json.skip();
            }
            return user;
        }

        EvaluationContext context(boolean older) {
            Map<String, @Nullable Object> attributes = custom == null ? new HashMap<>() : custom;
            if (older) attributes.put("anonymous", anonymous);
            return EvaluationContext.of(key, attributes);
        }
    }
}
