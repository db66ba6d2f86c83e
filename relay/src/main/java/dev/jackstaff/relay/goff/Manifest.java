package dev.jackstaff.relay.goff;

import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.InlineHandler;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;

/// The flags with types and default values, for the OpenFeature command line.
record Manifest() implements InlineHandler<Request> {
    @Override
    public Response handle(Decoded<Request> call) {
        return Response.json(200, call.publication().manifest(call.request().style().pretty()))
                .with("x-manifest-capabilities", "read");
    }
}
