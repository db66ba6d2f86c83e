package dev.jackstaff.relay.ofrep;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The members that single and bulk answers share, in the original's order.
final class OfrepAnswer {
    static final Name KEY = Name.of("key");
    static final Name METADATA = Name.of("metadata");

    private static final Name VALUE = Name.of("value");
    private static final Name REASON = Name.of("reason");
    private static final Name VARIANT = Name.of("variant");
    private static final Map<Reason, Name> REASONS = new EnumMap<>(Reason.class);

    static {
        for (Reason reason : Reason.values()) REASONS.put(reason, Name.of(reason.name()));
    }

    private OfrepAnswer() {}

    /// `key`, `value`, `reason`, `variant`; the object stays open. Without a value of its own an answer has null: the
    /// default is the caller's to know.
    static void begin(JsonWriter json, String key, Evaluation evaluation) throws IOException {
        json.beginObject()
                .member(KEY, key)
                .member(VALUE, evaluation.anyOr(null))
                .member(REASON, Objects.requireNonNull(REASONS.get(evaluation.reason())))
                .member(VARIANT, evaluation.variation());
    }
}
