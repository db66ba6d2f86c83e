package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.UnencodableValueException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An explanation as JSON, with the members of [Trace]. What does not apply is null.
final class TraceJson {
    private TraceJson() {}

    /// The whole text, a line break at its end.
    static String of(Trace trace) throws CommandFailedException {
        try {
            return new String(JsonWriter.write(true, json -> write(json, trace)).copy(), UTF_8);
        } catch (UnencodableValueException e) {
            throw new CommandFailedException("a value cannot be printed: " + e.getMessage(), "try --output text");
        }
    }

    private static void write(JsonWriter json, Trace trace) throws IOException {
        json.beginObject();
        member(json, "flag", trace.flagKey());
        answer(json, trace.evaluation());
        member(json, "now", trace.now().toString());
        member(json, "nowFromContext", trace.nowFromContext());
        json.name("scheduledStep");
        step(json, trace.scheduledStep());
        member(json, "bucketingKey", trace.bucketingKey());
        member(json, "gate", trace.gate());
        json.name("rules").beginList();
        for (Trace.RuleStep rule : trace.rules()) rule(json, rule);
        json.endList().endObject();
    }

    private static void answer(JsonWriter json, Evaluation evaluation) throws IOException {
        ErrorCode error = evaluation.errorCode();
        member(json, "value", evaluation.value());
        member(json, "usesDefault", evaluation.usesDefault());
        member(json, "variation", evaluation.variation());
        member(json, "reason", evaluation.reason().name());
        member(json, "errorCode", error == null ? null : error.name());
        member(json, "errorDetails", evaluation.errorDetails().isEmpty() ? null : evaluation.errorDetails());
        member(json, "cacheable", evaluation.cacheable());
        member(json, "metadata", evaluation.metadata());
    }

    private static void step(JsonWriter json, Trace.@Nullable StepInForce step) throws IOException {
        if (step == null) {
            json.value(null);
            return;
        }
        json.beginObject();
        member(json, "number", (long) step.number());
        member(json, "of", (long) step.of());
        member(json, "since", step.since().toString());
        json.endObject();
    }

    private static void rule(JsonWriter json, Trace.RuleStep rule) throws IOException {
        json.beginObject();
        member(json, "index", (long) rule.index());
        member(json, "name", rule.name());
        member(json, "query", rule.query());
        member(json, "disabled", rule.disabled());
        member(json, "matched", rule.matched());
        json.name("comparisons").beginList();
        for (Trace.Comparison comparison : rule.comparisons()) {
            json.beginObject();
            member(json, "expression", comparison.expression());
            member(json, "operand", comparison.operand());
            member(json, "result", comparison.result());
            member(json, "note", comparison.note());
            json.endObject();
        }
        json.endList().name("assignment");
        assignment(json, rule.assignment());
        json.endObject();
    }

    private static void assignment(JsonWriter json, Trace.@Nullable Assignment assignment) throws IOException {
        if (assignment == null) {
            json.value(null);
            return;
        }
        json.beginObject();
        member(json, "strategy", assignment.strategy());
        member(json, "clock", assignment.clock() == null ? null : assignment.clock().toString());
        member(json, "variation", assignment.variation());
        member(json, "bucket", assignment.bucket());
        member(json, "buckets", assignment.buckets());
        json.name("ranges").beginList();
        for (Trace.Range range : assignment.ranges()) {
            json.beginObject();
            member(json, "variation", range.variation());
            member(json, "from", range.from());
            member(json, "to", range.to());
            json.endObject();
        }
        json.endList().endObject();
    }

    private static void member(JsonWriter json, String name, @Nullable Object value) throws IOException {
        json.name(name).value(value);
    }
}
