package dev.jackstaff.relay.goff;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.InlineHandler;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;

/// All flags for one user, or those the context lists, by key. `flags` is left out when none
/// of the flags that were asked for exists, as recorded, but is there for a flag set without flags: clients crash without it
/// (R-D19).
record AllFlags(InstantSource clock) implements InlineHandler<UserRequest> {
    private static final Name FLAGS = Name.of("flags");
    private static final Name TIMESTAMP = Name.of("timestamp");
    private static final Name VALID = Name.of("valid");

    @Override
    public Response handle(Decoded<UserRequest> call) {
        Instant now = clock.instant();
        return Response.json(200, JsonWriter.write(call.request().style().pretty(), json -> {
            Flags all = new Flags(json, now.getEpochSecond());
            json.beginObject();
            call.snapshot().evaluateAll(call.value().context(), now, all);
            all.end(call.snapshot().definitions().isEmpty());
            json.member(VALID, all.valid).endObject();
        })).about(call.flagsFor(call.value().context()));
    }

    /// Writes the flags as they come, and remembers whether one has failed.
    private static final class Flags implements Snapshot.FlagConsumer {
        private final JsonWriter json;
        private final long timestamp;
        private boolean valid = true;
        private boolean any;

        Flags(JsonWriter json, long timestamp) {
            this.json = json;
            this.timestamp = timestamp;
        }

        @Override
        public void flag(String key, Evaluation evaluation) {
            valid &= !evaluation.failed();
            try {
                write(key, evaluation);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void end(boolean evenWithout) throws IOException {
            if (!any && evenWithout) begin();
            if (any) json.endObject();
        }

        private void begin() throws IOException {
            json.name(FLAGS).beginObject();
            any = true;
        }

        private void write(String key, Evaluation evaluation) throws IOException {
            if (!any) begin();
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
