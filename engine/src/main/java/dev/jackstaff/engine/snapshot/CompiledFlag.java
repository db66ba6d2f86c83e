package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.bucket.Schedule;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.flag.FlagDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A flag ready to be asked: one plan, or one for each date of its scheduled rollout. Immutable; snapshots that follow
/// each other share the flags that did not change.
final class CompiledFlag {
    private final FlagDefinition definition;
    private final boolean clean;
    private final @Nullable Schedule schedule;
    private final Plan[] plans;
    private final int @Nullable [] stepsDue;
    private final @Nullable Evaluation unusable;
    private final RampClock rampClock;

    /// @param clean     whether compiling it found nothing to complain about
    /// @param schedule  the dates at which the next plan is in force; null for a flag without
    /// @param plans     one more than the schedule has dates; not to be written to any more
    /// @param stepsDue  how many steps are due under each plan, as several can have the same date; null without schedule
    /// @param unusable  the answer to everybody where the flag cannot be evaluated at all; there are no plans then
    /// @param rampClock what progressive rollouts go by
    CompiledFlag(
            FlagDefinition definition,
            boolean clean,
            @Nullable Schedule schedule,
            Plan[] plans,
            int @Nullable [] stepsDue,
            @Nullable Evaluation unusable,
            RampClock rampClock) {
        this.definition = definition;
        this.clean = clean;
        this.schedule = schedule;
        this.plans = plans;
        this.stepsDue = stepsDue;
        this.unusable = unusable;
        this.rampClock = rampClock;
    }

    FlagDefinition definition() {
        return definition;
    }

    boolean isClean() {
        return clean;
    }

    String key() {
        return definition.key();
    }

    Evaluation evaluate(EvaluationContext context, Instant wallClock, @Nullable Recording recording) {
        Instant now = now(context, wallClock);
        if (unusable != null) {
            if (recording != null) recording.stopped("the scheduled rollout cannot be applied");
            return unusable;
        }
        Plan plan = plans[schedule == null ? 0 : schedule.due(now)];
        return plan.evaluate(context, now, rampClock.at(now, wallClock), recording);
    }

    Trace explain(EvaluationContext context, Instant wallClock, long fuel) {
        Recording recording = new Recording(fuel);
        Evaluation evaluation = evaluate(context, wallClock, recording);
        Instant now = now(context, wallClock);
        return recording.trace(key(), evaluation, now, context.currentDateTime() != null, stepInForce(now));
    }

    private Trace.@Nullable StepInForce stepInForce(Instant now) {
        if (schedule == null || stepsDue == null) return null;
        int due = schedule.due(now);
        return due == 0
                ? null
                : new Trace.StepInForce(stepsDue[due], stepsDue[stepsDue.length - 1], schedule.date(due - 1));
    }

    private static Instant now(EvaluationContext context, Instant wallClock) {
        Instant asked = context.currentDateTime();
        return asked == null ? wallClock : asked;
    }
}
