package dev.jackstaff.relay.stream;

import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.ServedFlagSet;
import dev.jackstaff.relay.http.StreamCall;
import dev.jackstaff.relay.http.StreamStart;

/// Who has the key of a flag set hears of its changes, and of those alone (R-D3).
final class ListenToChanges {
    private ListenToChanges() {}

    static Or<StreamStart> start(StreamCall call) {
        ServedFlagSet flagSet = call.flagSet();
        if (flagSet == null)
            return Or.refused(Response.error(400, "no flag set associated to the API key", call.style()));
        return flagSet.isReady()
                ? Or.next(new StreamStart(flagSet.changes()))
                : Or.refused(Response.notLoaded(flagSet, call.style()));
    }
}
