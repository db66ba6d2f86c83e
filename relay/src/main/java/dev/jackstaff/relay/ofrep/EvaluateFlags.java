package dev.jackstaff.relay.ofrep;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.relay.http.BulkAnswer;
import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.Refetches;
import dev.jackstaff.relay.http.Request;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.SlicedHandler;
import dev.jackstaff.relay.http.Slices;
import dev.jackstaff.relay.publication.AnswerTexts;
import dev.jackstaff.relay.publication.Question;
import dev.jackstaff.relay.publication.Tagged;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/// All flags for one user, or those the context lists, by key; failed ones stand among the others.
record EvaluateFlags(InstantSource clock) implements SlicedHandler<EvaluationContext> {
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
    public Slices begin(Decoded<EvaluationContext> call) {
        Request request = call.request();
        Instant now = clock.instant();
        Question question = Question.of(request.body(), request.style().pretty());
        Refetches refetches = call.flagSet().refetches();
        // Taken once: the text that the answer has is the one that its question is filed under.
        String stream = refetches == null ? "" : refetches.requestUri();
        if (!stream.isEmpty()) question = question.saying(stream);
        Tagged known = call.publication().answerTags().known(question, request.ifNoneMatch(), now);
        if (known != null) return Slices.of(answer(call, known));
        return new BulkAnswer(
                call.snapshot().bulk(call.value(), now), request.style().pretty(), BYTES_A_FLAG,
                new Answers(call, question, stream, now));
    }

    private static Response answer(Decoded<EvaluationContext> call, Tagged answer) {
        return Response.conditional(answer, call.request().ifNoneMatch()).about(call.flagsFor(call.value()));
    }

    /// @param stream where the client hears of changes; empty for nowhere
    private record Answers(Decoded<EvaluationContext> call, Question question, String stream, Instant now)
            implements
                BulkAnswer.Text {
        @Override
        public void begin(JsonWriter json) throws IOException {
            json.beginObject().name(FLAGS).beginList();
        }

        @Override
        public void flag(JsonWriter json, String key, Evaluation evaluation) throws IOException {
            if (call.request().style().pretty()) write(json, key, evaluation);
            else
                json.written(call.publication().answerTexts().of(FORM, key, evaluation));
        }

        @Override
        public void end(JsonWriter json) throws IOException {
            json.endList();
            if (!stream.isEmpty()) writeStreams(json, stream);
            json.endObject();
        }

        @Override
        public Response answer(Body body) {
            return EvaluateFlags.answer(call, call.publication().answerTags().keep(question, now, body));
        }
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
