package dev.jackstaff.relay.goff;

import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.InlineHandler;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;

/// Hashes of the flags, for clients that only want to know whether something changed.
record FlagChange() implements InlineHandler<Request> {
    @Override
    public Response handle(Decoded<Request> call) {
        Request request = call.request();
        return Response.conditional(
                call.publication().flagChange(request.style().pretty()), request.ifNoneMatch());
    }
}
