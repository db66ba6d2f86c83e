package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;

/// A compiled rules expression.
final class RulesPredicate implements Predicate {
    private final Condition condition;
    private final boolean carriesOver;

    /// @param carriesOver whether lookups leave something behind for the next ones (E-D5), which costs one object
    RulesPredicate(Condition condition, boolean carriesOver) {
        this.condition = condition;
        this.carriesOver = carriesOver;
    }

    @Override
    public boolean matches(EvaluationContext context, Run run) {
        int verdict = condition.verdict(context, run, carriesOver ? new CarryOver() : null);
        return verdict == Condition.YES && !run.exhausted();
    }

    @Override
    public long stepBound(long size) {
        return condition.steps(size);
    }
}
