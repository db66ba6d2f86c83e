package dev.jackstaff.relay.stream;

import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Refetches;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.ServedFlagSet;
import dev.jackstaff.relay.http.StreamCall;
import dev.jackstaff.relay.http.StreamStart;

/// Who has the key of a flag set, or its pass for streams, is told to ask again. One that comes back with the id of other flags
/// (`Last-Event-ID`) is told at once.
final class ListenToRefetches {
    private ListenToRefetches() {}

    static Or<StreamStart> start(StreamCall call) {
        ServedFlagSet flagSet = call.flagSet();
        if (flagSet == null)
            return Or.refused(Response.error(400, "no flag set associated to the API key", call.style()));
        if (!flagSet.isReady()) return Or.refused(Response.notLoaded(flagSet, call.style()));
        Refetches refetches = flagSet.refetches();
        if (refetches == null) return Or.refused(Response.error(404, "Not Found", call.style()));
        return Or.next(new StreamStart(refetches.since(call.lastEventId())));
    }
}
