package dev.jackstaff.relay.ofrep;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.InlineHandler;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.publication.AnswerTexts;
import dev.jackstaff.formats.json.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/// One flag for one user.
record EvaluateFlag(InstantSource clock) implements InlineHandler<EvaluationContext> {

    /// Tells a client that it may keep the answer. The flag's own metadata is never touched (R-D43).
    private static final String CACHEABLE = "gofeatureflag_cacheable";

    private static final AnswerTexts.Form FORM = EvaluateFlag::write;

    @Override
    public Response handle(Decoded<EvaluationContext> call) {
        Request request = call.request();
        Instant now = clock.instant();
        Evaluation evaluation = call.snapshot().evaluate(request.flagKey(), call.value(), now);
        return call.tracked(answer(call, evaluation), evaluation, null, call.value(), now);
    }

    private static Response answer(Decoded<?> call, Evaluation evaluation) {
        Request request = call.request();
        ErrorCode error = evaluation.errorCode();
        if (error != null) return OfrepError.evaluation(error, request);
        return Response.json(200, call.text(FORM, evaluation));
    }

    private static void write(JsonWriter json, String key, Evaluation evaluation) throws IOException {
        OfrepAnswer.begin(json, key, evaluation);
        if (evaluation.cacheable()) json.memberWith(OfrepAnswer.METADATA, evaluation.metadata(), CACHEABLE, true);
        else if (!evaluation.metadata().isEmpty()) json.member(OfrepAnswer.METADATA, evaluation.metadata());
        json.endObject();
    }
}
