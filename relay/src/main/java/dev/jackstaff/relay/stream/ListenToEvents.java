package dev.jackstaff.relay.stream;

import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.StreamCall;
import dev.jackstaff.relay.http.StreamHandler;
import dev.jackstaff.relay.http.StreamStart;
import org.jspecify.annotations.Nullable;

/// Changes as server-sent events. `Last-Event-ID` is checked and means nothing, as in the original: nothing is sent again.
record ListenToEvents() implements StreamHandler {
    @Override
    public Or<StreamStart> start(StreamCall call) {
        return isNumber(call.lastEventId())
                ? ListenToChanges.start(call)
                : Or.refused(Response.line(400, "Last-Event-ID must be a number!"));
    }

    /// Decimal, with or without a sign, in 64 bits; none at all is fine (`strconv`, ParseInt).
    private static boolean isNumber(@Nullable String id) {
        if (id == null || id.isEmpty()) return true;
        try {
            Long.parseLong(id);
            return id.chars().allMatch(c -> c < 0x80);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
