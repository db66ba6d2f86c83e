package dev.jackstaff.relay.ofrep;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.relay.json.JsonWriter;
import dev.jackstaff.relay.json.JsonWriter.Name;
import java.io.IOException;
import java.util.Arrays;

/// The members that single and bulk answers share, in the original's order.
final class OfrepAnswer {
    static final Name KEY = Name.of("key");
    static final Name METADATA = Name.of("metadata");

    private static final Name VALUE = Name.of("value");
    private static final Name REASON = Name.of("reason");
    private static final Name VARIANT = Name.of("variant");
    private static final Name[] REASONS =
            Arrays.stream(Reason.values()).map(reason -> Name.of(reason.name())).toArray(Name[]::new);

    private OfrepAnswer() {}

    /// `key`, `value`, `reason`, `variant`; the object stays open. Without a value of its own an answer has null: the
    /// default is the caller's to know.
    static void begin(JsonWriter json, String key, Evaluation evaluation) throws IOException {
        json.beginObject()
                .member(KEY, key)
                .member(VALUE, evaluation.anyOr(null))
                .member(REASON, REASONS[evaluation.reason().ordinal()])
                .member(VARIANT, evaluation.variation());
    }
}
