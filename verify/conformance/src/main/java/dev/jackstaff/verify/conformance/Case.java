package dev.jackstaff.verify.conformance;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.MalformedJsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One recorded evaluation.
///
/// @param id           stable name
/// @param category     what it is about, such as `percentage/default-boundary`
/// @param input        the question as it stands in the corpus, for people
/// @param flagKey      the flag asked for
/// @param flag         its definition, as the JSON reader of flag files hands it over
/// @param context      read as the relay reads a request
/// @param enrichment   attributes laid over the context
/// @param defaultValue what the caller gave as default
/// @param expected     the recorded answer, field by field
record Case(
        String id,
        String category,
        String input,
        String flagKey,
        Node flag,
        EvaluationContext context,
        Map<String, @Nullable Object> enrichment,
        @Nullable Object defaultValue,
        Map<String, @Nullable Object> expected) {

    /// @param source name and number of the line, for complaints
    /// @throws MalformedCaseException when the line is no case
    @SuppressWarnings("unchecked")
    static Case read(String source, byte[] line) throws MalformedCaseException {
        try {
            Map<String, Node> fields = Json.members(source, line);
            Map<String, Node> input = Json.members(fields.get("input"));
            Map<String, Node> flagContext = Json.members(input.get("flagContext"));
            Node flag = input.get("flag");
            if (flag == null || !(Json.value(fields.get("expected")) instanceof Map<?, ?> expected))
                throw new MalformedCaseException(source + ": no evaluation case; one has `input.flag` and `expected`");
            Object enrichment = Json.value(flagContext.get("evaluationContextEnrichment"));
            return new Case(
                    String.valueOf(Json.value(fields.get("id"))),
                    String.valueOf(Json.value(fields.get("category"))),
                    Json.text(Json.value(fields.get("input"))),
                    input.get("flagKey") == null ? "" : String.valueOf(Json.value(input.get("flagKey"))),
                    flag,
                    context(line),
                    enrichment == null ? Map.of() : (Map<String, @Nullable Object>) enrichment,
                    Json.value(flagContext.get("defaultSdkValue")),
                    (Map<String, @Nullable Object>) expected);
        } catch (MalformedDocumentException e) {
            throw new MalformedCaseException(e.problem().toString());
        } catch (MalformedJsonException e) {
            throw new MalformedCaseException(source + ": " + e.getMessage());
        }
    }

    /// The flag as a flag file of one flag.
    Document document() {
        Node.Scalar key = new Node.Scalar(flagKey, flagKey, flag.location());
        return new Document() {
            @Override
            public Syntax syntax() {
                return Syntax.JSON;
            }

            @Override
            public String source() {
                return flag.location().source();
            }

            @Override
            public void forEachMember(MemberConsumer consumer) {
                consumer.member(key, flag);
            }
        };
    }

    /// As the WebAssembly module and OFREP take it: the whole context becomes the attributes, and its `targetingKey` is
    /// the targeting key if it is a string.
    private static EvaluationContext context(byte[] line) throws MalformedJsonException {
        Map<String, @Nullable Object> attributes = null;
        try (JsonReader json = JsonReader.over(Body.adopting(line))) {
            if (enter(json, "input") && enter(json, "evalContext")) attributes = json.attributes("evalContext", null);
        }
        if (attributes == null) return EvaluationContext.EMPTY;
        String key = attributes.get("targetingKey") instanceof String text ? text : "";
        return EvaluationContext.of(key, attributes);
    }

    /// Steps to the value of a member of the object at hand.
    private static boolean enter(JsonReader json, String member) throws MalformedJsonException {
        if (!json.enterObject("object", "")) return false;
        for (String name; (name = json.nextName()) != null;) {
            if (name.equals(member)) return true;
            json.skip();
        }
        return false;
    }

    /// A line that is no case.
    static final class MalformedCaseException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedCaseException(String message) {
            super(requireNonNull(message));
        }
    }
}
