package dev.jackstaff.relay.goff;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.BulkAnswer;
import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.SlicedHandler;
import dev.jackstaff.relay.http.Slices;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/// All flags for one user, or those the context lists, by key. `flags` is left out when none
/// of the flags that were asked for exists, as recorded, but is there for a flag set without flags: clients crash without it
/// (R-D19).
record AllFlags(InstantSource clock) implements SlicedHandler<UserRequest> {
    private static final Name FLAGS = Name.of("flags");
    private static final Name TIMESTAMP = Name.of("timestamp");
    private static final Name VALID = Name.of("valid");

    private static final int BYTES_A_FLAG = 128;

    @Override
    public Slices begin(Decoded<UserRequest> call) {
        Instant now = clock.instant();
        return new BulkAnswer(
                call.snapshot().bulk(call.value().context(), now), call.request().style().pretty(), BYTES_A_FLAG,
                new Answers(call, now.getEpochSecond()));
    }

    /// Writes the flags as they come, and remembers whether one has failed.
    private static final class Answers implements BulkAnswer.Text {
        private final Decoded<UserRequest> call;
        private final long timestamp;
        private boolean valid = true;
        private boolean any;

        Answers(Decoded<UserRequest> call, long timestamp) {
            this.call = call;
            this.timestamp = timestamp;
        }

        @Override
        public void begin(JsonWriter json) throws IOException {
            json.beginObject();
        }

        @Override
        public void flag(JsonWriter json, String key, Evaluation evaluation) throws IOException {
            if (!any) beginFlags(json);
            valid &= !evaluation.failed();
            write(json, key, evaluation);
        }

        @Override
        public void end(JsonWriter json) throws IOException {
            if (!any && call.snapshot().definitions().isEmpty()) beginFlags(json);
            if (any) json.endObject();
            json.member(VALID, valid).endObject();
        }

        @Override
        public Response answer(Body body) {
            return Response.json(200, body).about(call.flagsFor(call.value().context()));
        }

        private void beginFlags(JsonWriter json) throws IOException {
            json.name(FLAGS).beginObject();
            any = true;
        }

        private void write(JsonWriter json, String key, Evaluation evaluation) throws IOException {
            ErrorCode error = evaluation.errorCode();
            json.name(key)
                    .beginObject()
                    .member(Names.VALUE, evaluation.anyOr(null))
                    .member(TIMESTAMP, timestamp)
                    .member(Names.VARIATION_TYPE, evaluation.variation())
                    .member(Names.TRACK_EVENTS, evaluation.trackEvents())
                    .member(Names.ERROR_CODE, error == null ? "" : error.name());
            if (!evaluation.errorDetails().isEmpty()) json.member(Names.ERROR_DETAILS, evaluation.errorDetails());
            json.member(Names.REASON, Names.of(evaluation.reason()));
            if (!evaluation.metadata().isEmpty()) json.member(Names.METADATA, evaluation.metadata());
            json.endObject();
        }
    }
}
