package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// `and` and `or`: the value of the operand that decides, else of the last; those behind it are not evaluated.
final class Deciding implements Term {
    private final Term[] operands;
    private final boolean or;

    Deciding(Term[] operands, boolean or) {
        this.operands = operands;
        this.or = or;
    }

    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        Object last = null;
        for (Term operand : operands) {
            last = operand.value(user, run, frame);
            if (Values.truthy(last) == or) return last;
        }
        return last;
    }

    @Override
    public boolean truthy(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        for (Term operand : operands) if (operand.truthy(user, run, frame) == or) return or;
        return operands.length > 0 && !or;
    }

    @Override
    public boolean canBeRule() {
        for (Term operand : operands) if (operand.canBeRule()) return true;
        return false;
    }

    @Override
    public long steps(long size) {
        return Steps.sum(1, Term.stepsOf(operands, size));
    }

    @Override
    public long width(long size) {
        return Term.widthOf(operands, size);
    }
}
