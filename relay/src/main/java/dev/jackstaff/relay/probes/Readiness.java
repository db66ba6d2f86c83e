package dev.jackstaff.relay.probes;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Rfc3339;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.StuckWorkers;
import dev.jackstaff.runtime.FlagSetStatus;
import dev.jackstaff.runtime.RetrieverHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether this relay should get traffic: every flag set has been loaded, enough workers are left, and it does not stop
/// (R-D22).
///
/// Flags that cannot be refreshed are served on, and are better than none: they count against it only after a limit, if
/// there is one. A flag in quarantine never does. Anybody may ask, so the answer names no source and no message; the log does.
///
/// Thread-safe.
public final class Readiness {
    private static final Name READY = Name.of("ready");
    private static final Name STOPPING = Name.of("stopping");
    private static final Name STUCK = Name.of("stuck");
    private static final Name WORKERS = Name.of("workers");
    private static final Name OF = Name.of("of");
    private static final Name FLAG_SETS = Name.of("flagsets");
    private static final Name STATE = Name.of("state");
    private static final Name SINCE = Name.of("since");
    private static final Name LAST_REFRESH = Name.of("lastRefresh");
    private static final Name QUARANTINED = Name.of("quarantined");

    private enum State {
        FRESH("fresh"),
        STALE("stale"),
        NEVER_LOADED("never loaded");

        private final String told;

        State(String told) {
            this.told = told;
        }
    }

    /// @param since when the trouble began; null without, and before the first attempt has ended
    private record Finding(FlagSetStatus flagSet, State state, @Nullable Instant since, boolean ready) {}

    private final Supplier<List<FlagSetStatus>> flagSets;
    private final Supplier<List<StuckWorkers.Shortage>> shortages;
    private final @Nullable Duration staleLimit;
    private final InstantSource clock;
    private volatile boolean stopping; // writer: stop

    /// @param shortages  of workers; empty while there are enough
    /// @param staleLimit how long flags may be served without a successful refresh, or null for any time
    public Readiness(
            Supplier<List<FlagSetStatus>> flagSets, Supplier<List<StuckWorkers.Shortage>> shortages,
            @Nullable Duration staleLimit, InstantSource clock) {
        this.flagSets = requireNonNull(flagSets, "flagSets");
        this.shortages = requireNonNull(shortages, "shortages");
        this.staleLimit = staleLimit;
        this.clock = requireNonNull(clock, "clock");
    }

    /// From here on it is not ready.
    public void stop() {
        stopping = true;
    }

    /// 200 or 503, with how each flag set does.
    Response answer(Request request) {
        boolean stops = stopping;
        Instant now = clock.instant();
        List<Finding> findings = flagSets.get().stream().map(flagSet -> finding(flagSet, now)).toList();
        List<StuckWorkers.Shortage> missing = shortages.get();
        boolean ready = !stops && missing.isEmpty() && findings.stream().allMatch(Finding::ready);
        return Response.json(ready ? 200 : 503, JsonWriter.write(request.style().pretty(), json -> {
            json.beginObject().member(READY, ready);
            if (stops) json.member(STOPPING, true);
            if (!missing.isEmpty()) write(json.name(STUCK), missing);
            json.name(FLAG_SETS).beginObject();
            for (Finding finding : findings) write(json.name(finding.flagSet.name()), finding);
            json.endObject().endObject();
        }));
    }

    private static void write(JsonWriter json, List<StuckWorkers.Shortage> missing) throws IOException {
        json.beginObject();
        for (StuckWorkers.Shortage it : missing)
            json.name(it.name()).beginObject().member(WORKERS, it.stuck()).member(OF, it.permits()).endObject();
        json.endObject();
    }

    private static void write(JsonWriter json, Finding finding) throws IOException {
        json.beginObject().member(READY, finding.ready).member(STATE, finding.state.told);
        if (finding.since != null) json.member(SINCE, time(finding.since));
        Instant lastRefresh = finding.flagSet.lastRefresh();
        if (lastRefresh != null) json.member(LAST_REFRESH, time(lastRefresh));
        int quarantined = finding.flagSet.quarantined().size();
        if (quarantined > 0) json.member(QUARANTINED, quarantined);
        json.endObject();
    }

    private Finding finding(FlagSetStatus flagSet, Instant now) {
        Instant since = flagSet.retrievers()
                .stream()
                .map(RetrieverHealth::failingSince)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (!flagSet.loaded()) return new Finding(flagSet, State.NEVER_LOADED, since, false);
        if (since == null) return new Finding(flagSet, State.FRESH, null, true);
        boolean tooLong = staleLimit != null && Duration.between(since, now).compareTo(staleLimit) > 0;
        return new Finding(flagSet, State.STALE, since, !tooLong);
    }

    private static String time(Instant instant) {
        return Rfc3339.format(instant.atOffset(ZoneOffset.UTC));
    }
}
