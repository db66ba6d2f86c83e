package dev.jackstaff.relay.goff;

import dev.jackstaff.engine.document.Rfc3339;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Whether the server is there, and how fresh its flags are.
final class Monitoring {
    private static final Name INITIALIZED = Name.of("initialized");
    private static final Name CACHE_REFRESH = Name.of("cacheRefresh");

    /// Go's zero time: flags were never read.
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private Monitoring() {}

    /// Always the same: probes of existing deployments ask whether the process answers, and nothing more.
    static Response health(Request request) {
        return Response.json(200, JsonWriter.write(
                request.style().pretty(),
                json -> json.beginObject().member(INITIALIZED, true).endObject()));
    }

    static Response info(Request request, @Nullable Instant lastRefresh) {
        String time = lastRefresh == null
                ? NEVER
                : Rfc3339.format(lastRefresh.atZone(ZoneId.systemDefault()).toOffsetDateTime());
        return Response.json(200, JsonWriter.write(
                request.style().pretty(),
                json -> json.beginObject().member(CACHE_REFRESH, time).endObject()));
    }
}
