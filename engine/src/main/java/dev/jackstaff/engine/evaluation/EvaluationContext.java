package dev.jackstaff.engine.evaluation;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.WellFormed;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The question: for whom, and under which circumstances.
///
/// A targeting key (which may be empty) and attributes. Everything that evaluation needs more than once is worked out
/// when the context is built, so that evaluating reads and never computes: whether the user is anonymous, the date that
/// stands in for now, the size. Deeply immutable: attributes are copied, and evaluation never writes into a caller's map.
///
/// Attribute values become the engine's kinds: null, [Boolean], [Long], [Double], [String], [java.time.OffsetDateTime],
/// [java.util.List], [java.util.Map] with string keys. Smaller integers become [Long], [Float] becomes [Double], big
/// numbers become [Double]; [Instant] and other dates become [java.time.OffsetDateTime]; anything else is refused.
/// Lone surrogates in texts become U+FFFD, as in the JSON that Go reads.
public final class EvaluationContext {

    /// The reserved attribute whose members steer the evaluation itself.
    public static final String RESERVED = "gofeatureflag";

    /// Nobody in particular.
    public static final EvaluationContext EMPTY = of("", Map.of());

    private final String targetingKey;
    private final Map<String, @Nullable Object> attributes;
    private final boolean anonymous;
    private final @Nullable Instant currentDateTime;
    private final @Nullable Set<String> flagList;
    private final Map<String, @Nullable Object> exporterMetadata;
    private final boolean jsonForm;
    private final long size;

    private EvaluationContext(String targetingKey, Map<String, @Nullable Object> attributes, AttributeCopy copy) {
        ReservedAttribute reserved = ReservedAttribute.in(attributes);
        this.targetingKey = targetingKey;
        this.attributes = attributes;
        this.anonymous = Boolean.TRUE.equals(attributes.get("anonymous"));
        this.currentDateTime = reserved.currentDateTime();
        this.flagList = reserved.flagList();
        this.exporterMetadata = reserved.exporterMetadata();
        this.jsonForm = copy.jsonForm();
        this.size = copy.size() + targetingKey.length();
    }

    /// A context from a caller's own map.
    ///
    /// @throws IllegalArgumentException when a value has no kind here; the message names its path
    public static EvaluationContext of(String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        requireNonNull(targetingKey, "targetingKey");
        AttributeCopy copy = new AttributeCopy();
        Map<String, @Nullable Object> own = copy.of(attributes);
        return new EvaluationContext(WellFormed.text(targetingKey), own, copy);
    }

    public String targetingKey() {
        return targetingKey;
    }

    /// The attributes as queries see them, but for enrichment and the three forced entries `anonymous`, `key` and
    /// `targetingKey`. Unmodifiable.
    public Map<String, @Nullable Object> attributes() {
        return attributes;
    }

    /// Whether attribute `anonymous` is the boolean true.
    public boolean anonymous() {
        return anonymous;
    }

    /// `gofeatureflag.currentDateTime`: the date this evaluation takes for now, or null. What is no date is ignored.
    public @Nullable Instant currentDateTime() {
        return currentDateTime;
    }

    /// `gofeatureflag.flagList`: the flags that evaluating all is limited to, in the order given; null or empty for all.
    public @Nullable Set<String> flagList() {
        return flagList;
    }

    /// `gofeatureflag.exporterMetadata`: copied into events. Unmodifiable, empty when absent.
    public Map<String, @Nullable Object> exporterMetadata() {
        return exporterMetadata;
    }

    /// Whether the attributes can be written as JSON, which NaN and infinity cannot. JsonLogic rules see them only then.
    public boolean hasJsonForm() {
        return jsonForm;
    }

    /// How much there is to look at: characters plus entries, over everything. The unit of evaluation's step bound.
    public long size() {
        return size;
    }
}
