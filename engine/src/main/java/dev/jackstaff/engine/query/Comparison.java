package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import org.jspecify.annotations.Nullable;

/// One attribute put to one test.
final class Comparison implements Condition {
    private final Operand operand;
    private final Criterion criterion;
    private final String expression;

    /// @param expression the comparison as written
    Comparison(Operand operand, Criterion criterion, String expression) {
        this.operand = operand;
        this.criterion = criterion;
        this.expression = expression;
    }

    @Override
    public int verdict(EvaluationContext user, Run run, @Nullable CarryOver carried) {
        if (!run.spend(1)) return ABORT;
        Object value = operand.value(user, carried);
        int verdict = value instanceof Operand.NoPath ? ABORT : criterion.holds(value, run) ? YES : NO;
        if (run.traced()) note(run, value, verdict);
        return verdict;
    }

    private void note(Run run, @Nullable Object value, int verdict) {
        if (verdict == ABORT)
            run.note(new Trace.Comparison(
                    expression, null, false,
                    "the path leads through a value that is no object: the query does not match"));
        else
            run.note(new Trace.Comparison(expression, value, verdict == YES, criterion.remark(value)));
    }

    @Override
    public long steps(long size) {
        return Steps.sum(1, criterion.steps(size));
    }
}
