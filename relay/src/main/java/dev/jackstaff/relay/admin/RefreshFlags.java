package dev.jackstaff.relay.admin;

import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.relay.http.AdminCall;
import dev.jackstaff.relay.http.OffloadedHandler;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.TimeUpException;
import dev.jackstaff.relay.http.Waiting;
import dev.jackstaff.runtime.Refresh;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads flags now: those of the flag set that the query names, else those of the key's own flag set, else all (R-D23). A
/// source that fails is no failed request: 200 with `"refreshed":false`, as in the original.
record RefreshFlags(Refreshable flagSets) implements OffloadedHandler<AdminCall> {
    private static final Name REFRESHED = Name.of("refreshed");

    @Override
    public Response handle(AdminCall call, Waiting waiting) {
        List<CompletableFuture<Refresh>> refreshes = refreshes(call);
        if (refreshes.isEmpty())
            return Response.error(404, "there is no flagset " + call.flagSet(), call.request().style());
        boolean refreshed = areAllSuccessful(refreshes, waiting);
        return Response.json(200, JsonWriter.write(
                call.request().style().pretty(), json -> json.beginObject().member(REFRESHED, refreshed).endObject()));
    }

    private List<CompletableFuture<Refresh>> refreshes(AdminCall call) {
        if (call.flagSet() != null) return flagSets.refresh(call.flagSet());
        return call.own() == null ? flagSets.refreshAll() : flagSets.refresh(call.own().name());
    }

    /// Waits for all of them, and no longer than there is anybody to tell. Refreshes go on.
    private static boolean areAllSuccessful(List<CompletableFuture<Refresh>> refreshes, Waiting waiting) {
        try {
            CompletableFuture.allOf(refreshes.toArray(CompletableFuture[]::new))
                    .get(waiting.left().toNanos(), TimeUnit.NANOSECONDS);
            return refreshes.stream().allMatch(refresh -> refresh.join().successful());
        } catch (ExecutionException e) {
            return false;
        } catch (TimeoutException e) {
            throw new TimeUpException();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a worker", e);
        }
    }
}
