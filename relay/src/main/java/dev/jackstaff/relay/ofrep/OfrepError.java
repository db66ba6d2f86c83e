package dev.jackstaff.relay.ofrep;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;

/// The error body of OFREP: `errorCode`, `errorDetails`, and the `key` where one was asked for.
final class OfrepError {
    static final Name ERROR_CODE = Name.of("errorCode");
    static final Name ERROR_DETAILS = Name.of("errorDetails");

    private OfrepError() {}

    static Response invalidContext(Request request, String details) {
        return of(400, ErrorCode.INVALID_CONTEXT, details, request);
    }

    /// The cause of a failed evaluation is not told, as in the original; an unknown flag is 404, anything else 400.
    static Response evaluation(ErrorCode code, Request request) {
        int status = code == ErrorCode.FLAG_NOT_FOUND ? 404 : 400;
        return of(status, code, "Error while evaluating the flag: " + request.flagKey(), request);
    }

    private static Response of(int status, ErrorCode code, String details, Request request) {
        return Response.json(status, JsonWriter.write(request.style().pretty(), json -> {
            json.beginObject().member(ERROR_CODE, code.name()).member(ERROR_DETAILS, details);
            if (!request.flagKey().isEmpty()) json.member(OfrepAnswer.KEY, request.flagKey());
            json.endObject();
        }));
    }
}
