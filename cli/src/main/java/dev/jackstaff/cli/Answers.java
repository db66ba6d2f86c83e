package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.UnencodableValueException;
import org.jspecify.annotations.Nullable;

/// How answers and values read in a line for people.
final class Answers {
    private Answers() {}

    /// `true (variation on, TARGETING_MATCH)`, or what went wrong.
    static String line(Evaluation evaluation) {
        String value = evaluation.usesDefault() ? "the caller's default" : value(evaluation.value());
        if (evaluation.errorCode() != null) {
            String details = evaluation.errorDetails().isEmpty() ? "" : ", " + evaluation.errorDetails();
            return value + " (" + evaluation.reason() + ", " + evaluation.errorCode() + details + ")";
        }
        return evaluation.usesDefault()
                ? value + " (" + evaluation.reason() + ")"
                : value + " (variation " + evaluation.variation() + ", " + evaluation.reason() + ")";
    }

    /// A value as JSON on one line; what has no JSON form as it comes.
    static String value(@Nullable Object value) {
        try {
            String json = new String(JsonWriter.write(false, writer -> writer.value(value)).copy(), UTF_8);
            // Go's escapes are for web pages.
            return json.strip().replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0026", "&");
        } catch (UnencodableValueException e) {
            return String.valueOf(value);
        }
    }
}
