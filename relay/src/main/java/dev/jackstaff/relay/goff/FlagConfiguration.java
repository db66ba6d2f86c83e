package dev.jackstaff.relay.goff;

import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.InlineHandler;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.publication.Publication;
import dev.jackstaff.relay.publication.Tagged;

/// The flags as they are defined, for clients that evaluate themselves.
record FlagConfiguration() implements InlineHandler<FlagConfigurationRequest> {
    @Override
    public Response handle(Decoded<FlagConfigurationRequest> call) {
        Request request = call.request();
        boolean pretty = request.style().pretty();
        Publication publication = call.publication();
        Tagged answer = call.value().wantsAll()
                ? publication.configuration(pretty)
                : publication.configuration(call.value().flags(), pretty);
        return Response.conditional(answer, request.ifNoneMatch()).with("last-modified", publication.lastModified());
    }
}
