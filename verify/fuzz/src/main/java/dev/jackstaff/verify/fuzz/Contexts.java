package dev.jackstaff.verify.fuzz;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.formats.Formats;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Evaluation contexts as they come over HTTP, against flags of every kind.
public final class Contexts {
    private static final String FLAGS = """
            static: {variations: {A: 1, B: 2}, defaultRule: {variation: A}}
            share: {variations: {A: x, B: y}, defaultRule: {percentage: {A: 33.3, B: 66.7}}}
            keyed: {bucketingKey: company, variations: {A: x, B: y}, defaultRule: {percentage: {A: 50, B: 50}}}
            rules:
              variations: {A: true, B: false}
              targeting:
                - {query: a eq 1 and b co "x", variation: A}
                - {query: 'age gt 18 or (version gt 1.2.3 and not (plan in ["pro", "free"]))', variation: A}
                - {query: 'nested.a.b sw "x" or list eq "a" or beta pr', variation: A}
                - {query: 'anonymous eq true', percentage: {A: 10, B: 90}}
              defaultRule: {variation: B}
            logic:
              variations: {A: [1], B: [2]}
              targeting:
                - query: '{"or": [{"in": [{"var": "plan"}, ["pro"]]}, {">": [{"+": [{"var": "age"}, {"var": "a"}]}, 3]}]}'
                  variation: A
                - {query: '{"==": [{"var": "nested.a.b"}, {"var": ["list.1", 7]}]}', variation: A}
                - query: '{"some": [{"var": "list"}, {"<": [{"var": ""}, {"max": [1, {"var": "a"}]}]}]}'
                  variation: A
              defaultRule: {variation: B}
            ramp:
              variations: {A: {x: 1}, B: {x: 2}}
              defaultRule:
                progressiveRollout:
                  initial: {variation: A, percentage: 0, date: 2026-01-01T00:00:00Z}
                  end: {variation: B, percentage: 100, date: 2027-01-01T00:00:00Z}
            steps:
              variations: {A: 1.5, B: 2.5}
              defaultRule: {variation: A}
              scheduledRollout:
                - {date: 2026-02-01T00:00:00Z, defaultRule: {variation: B}}
                - {date: 2028-02-01T00:00:00Z, targeting: [{query: a eq 1, variation: A}]}
            trial:
              variations: {A: 1, B: 2}
              experimentation: {start: 2026-01-01T00:00:00Z, end: 2026-12-01T00:00:00Z}
              defaultRule: {variation: A}
            """;
    private static final FlagFile FILE =
            (FlagFile) FlagFile.read(Formats.open(Syntax.YAML, "flags", FLAGS.getBytes(StandardCharsets.UTF_8)));

    private Contexts() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, @Nullable Object> attributes;
        try (JsonReader json = JsonReader.over(Body.adopting(input.clone()))) {
            attributes = json.attributes("context", null);
        } catch (MalformedJsonException refused) {
            Oracle.require(refused.getMessage() != null, "refused without a word");
            return;
        }
        if (attributes == null) return;
        writtenAndReadAgain(attributes);
        Object key = attributes.get("targetingKey");
        Oracle.ask(FILE, List.of(EvaluationContext.of(key instanceof String text ? text : "", attributes)));
    }

    /// The writer's bytes are a fixed point of reading and writing.
    private static void writtenAndReadAgain(Map<String, @Nullable Object> attributes) {
        byte[] once = written(attributes);
        try (JsonReader json = JsonReader.over(Body.adopting(once.clone()))) {
            Map<String, @Nullable Object> again = json.attributes("context", null);
            Oracle.require(again != null && Arrays.equals(once, written(again)), "written and read again, it differs");
        } catch (MalformedJsonException e) {
            throw new AssertionError("our own JSON is refused", e);
        }
    }

    private static byte[] written(Map<String, @Nullable Object> attributes) {
        return JsonWriter.write(false, json -> json.value(attributes)).copy();
    }
}
