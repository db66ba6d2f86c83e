package dev.jackstaff.relay.ofrep;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.InlineHandler;
import dev.jackstaff.relay.http.Refetches;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.publication.AnswerTexts;
import dev.jackstaff.relay.publication.Question;
import dev.jackstaff.relay.publication.Tagged;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;

/// All flags for one user, or those the context lists, by key; failed ones stand among the others.
record EvaluateFlags(InstantSource clock) implements InlineHandler<EvaluationContext> {
    private static final Name FLAGS = Name.of("flags");
    private static final Name EVENT_STREAMS = Name.of("eventStreams");
    private static final Name TYPE = Name.of("type");
    private static final Name ENDPOINT = Name.of("endpoint");
    private static final Name REQUEST_URI = Name.of("requestUri");
    private static final Name INACTIVITY_DELAY = Name.of("inactivityDelaySec");

    /// After how long without anybody looking a client may let go of its stream: what OFREP has as a default.
    private static final int INACTIVITY_SECONDS = 120;

    private static final int BYTES_A_FLAG = 128;
    private static final AnswerTexts.Form FORM = EvaluateFlags::write;

    @Override
    public Response handle(Decoded<EvaluationContext> call) {
        Request request = call.request();
        Instant now = clock.instant();
        Question question = Question.of(request.body(), request.style().pretty());
        Refetches refetches = call.flagSet().refetches();
        // Taken once: the text that the answer has is the one that its question is filed under.
        String stream = refetches == null ? "" : refetches.requestUri();
        if (!stream.isEmpty()) question = question.saying(stream);
        Tagged answer = call.publication()
                .answerTags()
                .answer(question, request.ifNoneMatch(), now, () -> evaluated(call, stream, now));
        return Response.conditional(answer, request.ifNoneMatch()).about(call.flagsFor(call.value()));
    }

    /// @param stream where the client hears of changes; empty for nowhere
    private static Body evaluated(Decoded<EvaluationContext> call, String stream, Instant now) {
        boolean pretty = call.request().style().pretty();
        AnswerTexts texts = call.publication().answerTexts();
        int flags = Math.min(
                call.flagsFor(call.value()).size(), call.snapshot().definitions().size());
        return JsonWriter.write(pretty, BYTES_A_FLAG * flags, json -> {
            json.beginObject().name(FLAGS).beginList();
            call.snapshot().evaluateAll(call.value(), now, (key, evaluation) -> {
                try {
                    if (pretty) write(json, key, evaluation);
                    else
                        json.written(texts.of(FORM, key, evaluation));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            json.endList();
            if (!stream.isEmpty()) writeStreams(json, stream);
            json.endObject();
        });
    }

    private static void writeStreams(JsonWriter json, String stream) throws IOException {
        json.name(EVENT_STREAMS).beginList().beginObject().member(TYPE, "sse");
        json.name(ENDPOINT).beginObject().member(REQUEST_URI, stream).endObject();
        json.member(INACTIVITY_DELAY, INACTIVITY_SECONDS).endObject().endList();
    }

    private static void write(JsonWriter json, String key, Evaluation evaluation) throws IOException {
        OfrepAnswer.begin(json, key, evaluation);
        if (!evaluation.metadata().isEmpty()) json.member(OfrepAnswer.METADATA, evaluation.metadata());
        ErrorCode error = evaluation.errorCode();
        if (error != null) {
            json.member(OfrepError.ERROR_CODE, error.name());
            if (!evaluation.errorDetails().isEmpty()) json.member(OfrepError.ERROR_DETAILS, evaluation.errorDetails());
        }
        json.endObject();
    }
}
