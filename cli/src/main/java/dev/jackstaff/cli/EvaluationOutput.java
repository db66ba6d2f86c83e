package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.formats.json.UnencodableValueException;
import java.io.IOException;
import java.util.Map;

/// The forms in which `evaluate` prints its results.
enum EvaluationOutput {
    /// GO Feature Flag's: an object from flag key to result, indented by two spaces (`modules/core/model`, RawVarResult).
    JSON {
        @Override
        String print(Map<String, Evaluation> results) throws CommandFailedException {
            try {
                return new String(JsonWriter.write(true, json -> write(json, results)).copy(), UTF_8);
            } catch (UnencodableValueException e) {
                throw new CommandFailedException("a value cannot be printed: " + e.getMessage(), "try --output text");
            }
        }
    },
    /// `new-checkout: true (variation on, TARGETING_MATCH)`, a line for each flag.
    TEXT {
        @Override
        String print(Map<String, Evaluation> results) {
            StringBuilder lines = new StringBuilder();
            results.forEach((key, evaluation) -> lines.append(key).append(": ").append(Answers.line(evaluation)).append('\n'));
            return lines.toString();
        }
    };

    private static final Name TRACK_EVENTS = Name.of("trackEvents");
    private static final Name VARIATION_TYPE = Name.of("variationType");
    private static final Name FAILED = Name.of("failed");
    private static final Name VERSION = Name.of("version");
    private static final Name REASON = Name.of("reason");
    private static final Name ERROR_CODE = Name.of("errorCode");
    private static final Name ERROR_DETAILS = Name.of("errorDetails");
    private static final Name VALUE = Name.of("value");
    private static final Name CACHEABLE = Name.of("cacheable");
    private static final Name METADATA = Name.of("metadata");

    /// The whole text, a line break at its end.
    abstract String print(Map<String, Evaluation> results) throws CommandFailedException;

    private static void write(JsonWriter json, Map<String, Evaluation> results) throws IOException {
        json.beginObject();
        for (Map.Entry<String, Evaluation> result : results.entrySet()) {
            json.name(result.getKey());
            write(json, result.getValue());
        }
        json.endObject();
    }

    private static void write(JsonWriter json, Evaluation evaluation) throws IOException {
        ErrorCode error = evaluation.errorCode();
        json.beginObject()
                .member(TRACK_EVENTS, evaluation.trackEvents())
                .member(VARIATION_TYPE, evaluation.variation())
                .member(FAILED, evaluation.failed())
                .member(VERSION, evaluation.version())
                .member(REASON, evaluation.reason().name())
                .member(ERROR_CODE, error == null ? "" : error.name());
        if (!evaluation.errorDetails().isEmpty()) json.member(ERROR_DETAILS, evaluation.errorDetails());
        json.member(VALUE, evaluation.value()).member(CACHEABLE, evaluation.cacheable());
        if (!evaluation.metadata().isEmpty()) json.member(METADATA, evaluation.metadata());
        json.endObject();
    }
}
