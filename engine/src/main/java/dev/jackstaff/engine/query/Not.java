package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// `not (…)`.
record Not(Condition inner) implements Condition {
    @Override
    public int verdict(EvaluationContext user, Run run, @Nullable CarryOver carried) {
        return Condition.not(inner.verdict(user, run, carried));
    }

    @Override
    public long steps(long size) {
        return inner.steps(size);
    }
}
