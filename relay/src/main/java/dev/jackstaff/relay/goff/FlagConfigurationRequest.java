package dev.jackstaff.relay.goff;

import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.formats.json.MalformedJsonException;
import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which flags somebody wants to have; nobody need say (`flag_configuration.go`).
///
/// @param flags keys, which need not exist; none for all
record FlagConfigurationRequest(List<String> flags) {
    private static final Name ERROR_CODE = Name.of("errorCode");
    private static final Name ERROR_DETAILS = Name.of("errorDetails");

    FlagConfigurationRequest {
        flags = List.copyOf(flags);
    }

    boolean wantsAll() {
        return flags.isEmpty();
    }

    static Or<FlagConfigurationRequest> decode(Request request) {
        if (request.body() == null) return Or.next(new FlagConfigurationRequest(List.of()));
        if (!request.isJson()) return refused("code=415, message=Unsupported Media Type", request);
        try (JsonReader json = JsonReader.over(request.body())) {
            List<String> flags = flags(json);
            return Or.next(new FlagConfigurationRequest(flags == null ? List.of() : flags));
        } catch (MalformedJsonException e) {
            return refused("code=400, message=" + e.getMessage(), request);
        }
    }

    private static @Nullable List<String> flags(JsonReader json) throws MalformedJsonException {
        List<String> flags = null;
        if (!json.enterObject("object", "")) return null;
        for (String name; (name = json.nextName()) != null;) {
            if (name.equalsIgnoreCase("flags")) flags = json.strings("flags");
            else
                json.skip();
        }
        return flags;
    }

    private static Or<FlagConfigurationRequest> refused(String message, Request request) {
        return Or.refused(Response.json(400, JsonWriter.write(request.style().pretty(), json -> json.beginObject()
                .member(ERROR_CODE, "INVALID_REQUEST")
                .member(ERROR_DETAILS, "impossible to read request body: " + message)
                .endObject())));
    }
}
