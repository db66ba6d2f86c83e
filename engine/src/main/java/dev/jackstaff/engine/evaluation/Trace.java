package dev.jackstaff.engine.evaluation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps between a question and its answer, for people. Immutable.
///
/// @param flagKey       the flag
/// @param evaluation    the same answer that evaluating gives
/// @param now           the clock the evaluation went by
/// @param nowFromContext whether `gofeatureflag.currentDateTime` set it
/// @param scheduledStep the last step of the scheduled rollout in force, or null
/// @param bucketingKey  the key the user is bucketed by; null when none was found
/// @param gate          why the rules were not looked at (`disabled`, `experiment not running`, ...), or null
/// @param rules         the rules looked at, in order; the last of them decided, unless `gate` did
public record Trace(
        String flagKey,
        Evaluation evaluation,
        Instant now,
        boolean nowFromContext,
        @Nullable StepInForce scheduledStep,
        @Nullable String bucketingKey,
        @Nullable String gate,
        List<RuleStep> rules) {
    public Trace {
        rules = List.copyOf(rules);
    }

    /// @param number 1 for the earliest step by date
    public record StepInForce(int number, int of, Instant since) {}

    /// @param index       position in the targeting list, -1 for the default rule
    /// @param name        the rule's name, or null
    /// @param query       the query as written, or null for the default rule
    /// @param comparisons what was compared, in order; parts skipped by `and`/`or` are absent
    /// @param assignment  what the rule gave, or null when it did not match
    public record RuleStep(
            int index,
            @Nullable String name,
            @Nullable String query,
            boolean disabled,
            boolean matched,
            List<Comparison> comparisons,
            @Nullable Assignment assignment) {
        public RuleStep {
            comparisons = List.copyOf(comparisons);
        }
    }

    /// One operator at work.
    ///
    /// @param expression the operator with its operands as written: `age gt 18`, `{"in": [...]}`
    /// @param operand    the value on its left-hand side (rules) or its evaluated arguments (JsonLogic); null when missing
    /// @param result     what it gave: for rules a [Boolean], for JsonLogic any value
    /// @param note       what a reader should know, such as `attribute is missing` or `number has a fraction, cut to 42`,
    ///                   or null
    public record Comparison(String expression, @Nullable Object operand, @Nullable Object result,
            @Nullable String note) {}

    /// How a rule picked its variation.
    ///
    /// @param strategy   `variation`, `percentage` or `progressiveRollout`
    /// @param variation  the variation picked, or null when none could be
    /// @param bucket     the user's bucket, or null where nobody is bucketed
    /// @param buckets    how many there are
    /// @param ranges     which variation owns which buckets
    /// @param clock      what a progressive rollout went by, which an enrichment with
    ///                   `gofeatureflag.currentDateTime` sets apart from the trace's `now`; null for other strategies
    public record Assignment(
            String strategy,
            @Nullable String variation,
            @Nullable Long bucket,
            long buckets,
            List<Range> ranges,
            @Nullable Instant clock) {
        public Assignment {
            ranges = List.copyOf(ranges);
        }
    }

    /// Buckets `from` (inclusive) to `to` (exclusive) of `variation`.
    public record Range(String variation, long from, long to) {}
}
