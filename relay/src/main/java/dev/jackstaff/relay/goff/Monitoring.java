package dev.jackstaff.relay.goff;

import dev.jackstaff.engine.document.Rfc3339;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.runtime.FlagSetStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whether the server is there, and how fresh its flags are.
final class Monitoring {
    private static final Name INITIALIZED = Name.of("initialized");
    private static final Name CACHE_REFRESH = Name.of("cacheRefresh");
    private static final Name FLAG_SETS = Name.of("flagsets");

    /// Go's zero time: flags were never read.
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private Monitoring() {}

    /// Always the same: probes of existing deployments ask whether the process answers, and nothing more.
    static Response health(Request request) {
        return Response.json(200, JsonWriter.write(
                request.style().pretty(),
                json -> json.beginObject().member(INITIALIZED, true).endObject()));
    }

    /// The time of the latest refresh of any flag set, and of each where they have names.
    static Response info(Request request, List<FlagSetStatus> flagSets, boolean byKey) {
        return Response.json(200, JsonWriter.write(request.style().pretty(), json -> {
            json.beginObject().member(CACHE_REFRESH, time(latest(flagSets)));
            if (byKey) {
                json.name(FLAG_SETS).beginObject();
                for (Map.Entry<String, String> flagSet : timesByName(flagSets).entrySet())
                    json.name(flagSet.getKey()).value(flagSet.getValue());
                json.endObject();
            }
            json.endObject();
        }));
    }

    private static @Nullable Instant latest(List<FlagSetStatus> flagSets) {
        return flagSets.stream()
                .map(FlagSetStatus::lastRefresh)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Map<String, String> timesByName(List<FlagSetStatus> flagSets) {
        Map<String, String> times = new TreeMap<>();
        for (FlagSetStatus flagSet : flagSets) times.put(flagSet.name(), time(flagSet.lastRefresh()));
        return times;
    }

    private static String time(@Nullable Instant lastRefresh) {
        return lastRefresh == null
                ? NEVER
                : Rfc3339.format(lastRefresh.atZone(ZoneId.systemDefault()).toOffsetDateTime());
    }
}
