package dev.jackstaff.engine.snapshot;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.query.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A flag between two dates of its scheduled rollout: what can be worked out beforehand is, and evaluating is a walk down
/// the rules. Immutable.
///
/// The hot path. No answer is built on it, and one method serves evaluating and explaining, so that they cannot differ:
/// who does not record passes null.
final class Plan {
    private final BucketingKey bucketingKey;
    private final boolean disabled;
    private final @Nullable Experiment experiment;
    private final @Nullable Evaluation switchedOff;
    private final CompiledRule[] rules;
    private final CompiledRule defaultRule;
    private final @Nullable Evaluation noKey;
    private final Evaluation exhausted;
    private final long fuel;
    private final long unmeteredSize;

    /// @param switchedOff   the answer while the flag is off; null where it never is
    /// @param rules         not to be written to any more
    /// @param defaultRule   its predicate is not asked
    /// @param noKey         the answer where a rule needs a key and there is none; null where that cannot be
    /// @param exhausted     the answer where the queries take too many steps
    /// @param fuel          how many steps they may take together
    /// @param unmeteredSize the largest context on which they cannot take so many, so that nobody need count
    Plan(
            BucketingKey bucketingKey,
            boolean disabled,
            @Nullable Experiment experiment,
            @Nullable Evaluation switchedOff,
            CompiledRule[] rules,
            CompiledRule defaultRule,
            @Nullable Evaluation noKey,
            Evaluation exhausted,
            long fuel,
            long unmeteredSize) {
        this.bucketingKey = bucketingKey;
        this.disabled = disabled;
        this.experiment = experiment;
        this.switchedOff = switchedOff;
        this.rules = rules;
        this.defaultRule = defaultRule;
        this.noKey = noKey;
        this.exhausted = exhausted;
        this.fuel = fuel;
        this.unmeteredSize = unmeteredSize;
    }

    /// @param now     what the experiment goes by
    /// @param rampNow what progressive rollouts go by
    Evaluation evaluate(EvaluationContext context, Instant now, Instant rampNow, @Nullable Recording recording) {
        String key = bucketingKey.in(context);
        if (recording != null) recording.key(key);
        if (key == null) return stopped(recording, "there is no bucketing key", bucketingKey.failure(context));
        if (switchedOff != null && isOff(now)) return stopped(recording, whyOff(now), switchedOff);

        Run run = run(context, recording);
        for (int i = 0; i < rules.length; i++) {
            CompiledRule rule = rules[i];
            if (rule.needsKey() && key.isEmpty()) return withoutKey(recording);
            boolean matches = !rule.disabled() && rule.predicate().matches(context, run);
            if (run.exhausted()) return stopped(recording, "the queries took more than " + fuel + " steps", exhausted);
            if (matches) return decided(i, rule, key, rampNow, recording);
            if (recording != null) recording.passedOver(i, rule);
        }
        if (defaultRule.needsKey() && key.isEmpty()) return withoutKey(recording);
        return decided(Recording.DEFAULT_RULE, defaultRule, key, rampNow, recording);
    }

    private boolean isOff(Instant now) {
        return disabled || (experiment != null && !experiment.runs(now));
    }

    private String whyOff(Instant now) {
        return disabled ? "the flag is disabled" : requireNonNull(experiment).reason(now);
    }

    private Run run(EvaluationContext context, @Nullable Recording recording) {
        if (recording != null) return recording.run();
        return context.size() <= unmeteredSize ? Run.UNMETERED : Run.metered(fuel);
    }

    private static Evaluation decided(
            int index, CompiledRule rule, String key, Instant rampNow, @Nullable Recording recording) {
        Evaluation picked = rule.assignment().pick(key, rampNow);
        if (recording != null) recording.decided(index, rule, rule.assignment().explain(key, rampNow, picked));
        return picked;
    }

    private Evaluation withoutKey(@Nullable Recording recording) {
        return stopped(recording, "a rule needs a bucketing key and it is empty", requireNonNull(noKey));
    }

    private static Evaluation stopped(@Nullable Recording recording, String gate, Evaluation answer) {
        if (recording != null) recording.stopped(gate);
        return answer;
    }
}
