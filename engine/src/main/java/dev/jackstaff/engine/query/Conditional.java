package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// `if` and `?:`: pairs of condition and result, then what holds otherwise. A result that is an object is evaluated a
/// second time.
final class Conditional implements Term {
    private final LogicCompiler compiler;
    private final Term[] clauses;

    Conditional(LogicCompiler compiler, Term[] clauses) {
        this.compiler = compiler;
        this.clauses = clauses;
    }

    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        Term chosen = chosen(user, run, frame);
        if (!chosen.canBeRule()) return chosen.value(user, run, frame);
        Object result = chosen.value(user, run, frame);
        return Term.isRule(result) ? compiler.repeated(result, user, run, frame) : result;
    }

    @Override
    public boolean truthy(EvaluationContext user, Run run, Frame frame) {
        Term chosen = chosen(user, run, frame);
        if (!chosen.canBeRule()) return chosen.truthy(user, run, frame);
        Object result = chosen.value(user, run, frame);
        return Values.truthy(Term.isRule(result) ? compiler.repeated(result, user, run, frame) : result);
    }

    private Term chosen(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        for (int i = 0; i + 1 < clauses.length; i += 2)
            if (clauses[i].truthy(user, run, frame)) return clauses[i + 1];
        return clauses.length % 2 == 1 ? clauses[clauses.length - 1] : Constant.NULL;
    }

    @Override
    public boolean canBeRule() {
        return resultCanBeRule();
    }

    private boolean resultCanBeRule() {
        for (int i = 1; i < clauses.length; i += 2) if (clauses[i].canBeRule()) return true;
        return clauses.length % 2 == 1 && clauses[clauses.length - 1].canBeRule();
    }

    @Override
    public long steps(long size) {
        return resultCanBeRule() ? Steps.UNBOUNDED : Steps.sum(1, Term.stepsOf(clauses, size));
    }

    @Override
    public long width(long size) {
        return resultCanBeRule() ? Steps.UNBOUNDED : Term.widthOf(clauses, size);
    }
}
