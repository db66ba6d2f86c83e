package dev.jackstaff.relay.goff;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.InlineHandler;
import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.publication.AnswerTexts;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// One flag for one user; 200 whatever comes of it, unknown flags included.
record EvaluateFeature(InstantSource clock) implements InlineHandler<UserRequest> {
    private static final Name FAILED = Name.of("failed");
    private static final Name VERSION = Name.of("version");
    private static final Name CACHEABLE = Name.of("cacheable");

    private static final AnswerTexts.Form FORM = (json, _, evaluation) -> write(json, evaluation, null);

    /// A path without a key is answered as the original's handler fails: recorded clients see a 500.
    static Or<UserRequest> decode(Request request) {
        return request.flagKey().isEmpty()
                ? Or.refused(Response.error(
                        500, "Internal Server Error", "impossible to find the flag key in the URL", request.style()))
                : UserRequest.decode(request);
    }

    @Override
    public Response handle(Decoded<UserRequest> call) {
        Request request = call.request();
        UserRequest asked = call.value();
        Instant now = clock.instant();
        Evaluation evaluation = call.snapshot().evaluate(request.flagKey(), asked.context(), now);
        Response answer = Response.json(200, evaluation.usesDefault()
                ? JsonWriter.write(request.style().pretty(), json -> write(json, evaluation, asked.defaultValue()))
                : call.text(FORM, evaluation));
        return call.tracked(answer, evaluation, asked.defaultValue(), asked.context(), now);
    }

    private static void write(JsonWriter json, Evaluation evaluation, @Nullable Object defaultValue)
            throws IOException {
        ErrorCode error = evaluation.errorCode();
        json.beginObject()
                .member(Names.TRACK_EVENTS, evaluation.trackEvents())
                .member(Names.VARIATION_TYPE, evaluation.variation())
                .member(FAILED, evaluation.failed())
                .member(VERSION, evaluation.version())
                .member(Names.REASON, Names.of(evaluation.reason()))
                .member(Names.ERROR_CODE, error == null ? "" : error.name());
        if (!evaluation.errorDetails().isEmpty()) json.member(Names.ERROR_DETAILS, evaluation.errorDetails());
        json.member(Names.VALUE, evaluation.anyOr(defaultValue)).member(CACHEABLE, evaluation.cacheable());
        if (!evaluation.metadata().isEmpty()) json.member(Names.METADATA, evaluation.metadata());
        json.endObject();
    }
}
