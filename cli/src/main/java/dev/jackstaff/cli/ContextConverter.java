package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.MalformedJsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A context from the command line: a JSON object whose members are all attributes; `targetingKey` is the targeting key
/// if it is a string. Empty text is nobody (`cmd/cli/evaluate/evaluate.go`).
final class ContextConverter implements ITypeConverter<EvaluationContext> {
    static final String EXAMPLE = "{\"targetingKey\": \"user-1\", \"plan\": \"pro\"}";

    @Override
    public EvaluationContext convert(String text) {
        if (text.isBlank()) return EvaluationContext.EMPTY;
        try (JsonReader json = JsonReader.over(Body.adopting(text.getBytes(UTF_8)))) {
            Map<String, @Nullable Object> attributes = json.attributes("", null);
            if (attributes == null) return EvaluationContext.EMPTY;
            return EvaluationContext.of(
                    attributes.get("targetingKey") instanceof String key ? key : "", attributes);
        } catch (MalformedJsonException e) {
            throw new TypeConversionException(
                    "the context is not a JSON object (" + e.getMessage() + "); try '" + EXAMPLE + "'");
        }
    }
}
