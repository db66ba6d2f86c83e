package dev.jackstaff.engine.flag;

import static java.util.Objects.requireNonNull;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One flag as its author wrote it, field for field, absent as null.
///
/// It is read but not judged: it may name variations that do not exist or a query that does not parse. The model is that
/// of GO Feature Flag (`modules/core/dto/dto.go`). Deeply immutable.
///
/// Untyped values (variations, metadata) are Java values: null, [Boolean], [Long], [java.math.BigInteger], [Double],
/// [String], [OffsetDateTime], [List], [Map] with string keys, or [MixedKeyMap].
///
/// @param key              the flag's name; part of the bucketing hash
/// @param variations       variation name to value, in file order; null when absent, values may be null
/// @param targeting        rules in order, null when absent
/// @param bucketingKey     dot path of the attribute that takes the targeting key's place, null when absent
/// @param defaultRule      the rule for everybody else, null when absent
/// @param scheduledRollout steps in file order; null when absent, which differs from empty (an empty list still sends
///                         the flag through JSON, where integers become floats)
/// @param metadata         null when absent
/// @param locations        where the parts are; not part of what the flag means
public record FlagDefinition(
        String key,
        @Nullable Map<String, @Nullable Object> variations,
        @Nullable List<RuleDefinition> targeting,
        @Nullable String bucketingKey,
        @Nullable RuleDefinition defaultRule,
        @Nullable Experimentation experimentation,
        @Nullable List<ScheduledStep> scheduledRollout,
        @Nullable Boolean trackEvents,
        @Nullable Boolean disable,
        @Nullable String version,
        @Nullable Map<String, @Nullable Object> metadata,
        Locations locations) {

    public FlagDefinition {
        requireNonNull(key, "key");
        requireNonNull(locations, "locations");
        variations = copy(variations);
        metadata = copy(metadata);
        if (targeting != null) targeting = List.copyOf(targeting);
        if (scheduledRollout != null) scheduledRollout = List.copyOf(scheduledRollout);
    }

    /// A rule of `targeting`, or the default rule.
    ///
    /// @param name       identity for scheduled steps, null when absent (which differs from empty there)
    /// @param query      condition text, null when absent
    /// @param variation  used last
    /// @param percentage variation name to weight, used second; null when absent, an empty map counts as absent at
    ///                   evaluation and as an error at load
    /// @param progressiveRollout used first
    public record RuleDefinition(
            @Nullable String name,
            @Nullable String query,
            @Nullable String variation,
            @Nullable Map<String, Double> percentage,
            @Nullable ProgressiveRollout progressiveRollout,
            @Nullable Boolean disable) {
        public RuleDefinition {
            percentage = copy(percentage);
        }
    }

    /// A ramp from one variation to another; either side may be absent in a file.
    public record ProgressiveRollout(@Nullable Stage initial, @Nullable Stage end) {}

    /// One side of a ramp.
    ///
    /// @param percentage in percent
    public record Stage(@Nullable String variation, @Nullable Double percentage, @Nullable OffsetDateTime date) {}

    /// When the flag is under experiment; both bounds belong to it.
    public record Experimentation(@Nullable OffsetDateTime start, @Nullable OffsetDateTime end) {}

    /// What changes at a date. `bucketingKey`, `metadata` and `scheduledRollout` may stand in a step and have no effect;
    /// they are kept because the flag is handed out again as it was written.
    public record ScheduledStep(
            @Nullable OffsetDateTime date,
            @Nullable Map<String, @Nullable Object> variations,
            @Nullable List<RuleDefinition> targeting,
            @Nullable RuleDefinition defaultRule,
            @Nullable Experimentation experimentation,
            @Nullable Boolean trackEvents,
            @Nullable Boolean disable,
            @Nullable String version,
            @Nullable String bucketingKey,
            @Nullable Map<String, @Nullable Object> metadata,
            @Nullable List<ScheduledStep> scheduledRollout) {
        public ScheduledStep {
            variations = copy(variations);
            metadata = copy(metadata);
            if (targeting != null) targeting = List.copyOf(targeting);
            if (scheduledRollout != null) scheduledRollout = List.copyOf(scheduledRollout);
        }
    }

    private static <V extends @Nullable Object> @Nullable Map<String, V> copy(@Nullable Map<String, V> map) {
        return map == null ? null : OrderedMap.copyOf(map);
    }
}
