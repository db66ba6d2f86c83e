package dev.jackstaff.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagFiles;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Questions and answers in the notation of the specification's vectors.
final class Asked {
    /// The wall clock of tests: later than every date in a vector, but for 2999.
    static final Instant WALL_CLOCK = Instant.parse("2026-06-01T12:00:00Z");

    /// Definitions are taken as they are, as when the original is given one directly.
    static final CompileOptions AS_WRITTEN =
            CompileOptions.DEFAULT.withValidate(false).withCompatibility(Compatibility.EXACT);

    private Asked() {}

    static Snapshot compiled(CompileOptions options, FlagDefinition... flags) {
        return ((Compilation.Compiled) Snapshot.compile(FlagFiles.of(flags), options)).snapshot();
    }

    static Evaluation ask(FlagBuilder flag, EvaluationContext context) {
        FlagDefinition definition = flag.build();
        return compiled(AS_WRITTEN, definition).evaluate(definition.key(), context, WALL_CLOCK);
    }

    static EvaluationContext nobody() {
        return EvaluationContext.EMPTY;
    }

    static EvaluationContext user(String key, Object... nameThenValue) {
        Map<String, Object> attributes = new HashMap<>();
        for (int i = 0; i < nameThenValue.length; i += 2)
            attributes.put((String) nameThenValue[i], nameThenValue[i + 1]);
        return EvaluationContext.of(key, attributes);
    }

    /// A user whose evaluation takes `date` for now.
    static EvaluationContext at(String date, String key, Object... nameThenValue) {
        Map<String, Object> attributes = new HashMap<>(user(key, nameThenValue).attributes());
        attributes.put(EvaluationContext.RESERVED, Map.of("currentDateTime", date));
        return EvaluationContext.of(key, attributes);
    }

    /// `A/STATIC c`: variation, reason, cacheable or not; the value where it is not the variation's name, the metadata
    /// where there is some. `ERR CODE «details»` for errors.
    static String said(Evaluation evaluation) {
        String metadata = evaluation.metadata().isEmpty() ? "" : " " + new TreeMap<>(evaluation.metadata());
        if (evaluation.failed()) {
            assertThat(evaluation.usesDefault()).isTrue();
            assertThat(evaluation.variation()).isEqualTo(Evaluation.SDK_DEFAULT);
            assertThat(evaluation.reason()).isEqualTo(Reason.ERROR);
            assertThat(evaluation.cacheable()).isFalse();
            return "ERR " + evaluation.errorCode() + " «" + evaluation.errorDetails() + "»" + metadata;
        }
        assertThat(evaluation.errorDetails()).isEmpty();
        Object value = evaluation.anyOr("DEF");
        boolean obvious = value instanceof String && (evaluation.variation().equals(value) || evaluation.usesDefault());
        if (evaluation.usesDefault()) assertThat(value).isEqualTo("DEF");
        return evaluation.variation() + "/" + evaluation.reason() + (evaluation.cacheable() ? " c" : " nc")
                + (obvious ? "" : " " + value) + metadata;
    }
}
