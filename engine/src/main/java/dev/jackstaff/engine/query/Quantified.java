package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `all`, `some` and `none`. Nothing to go through fails `all` and `some` and passes `none`.
///
/// @param condition null where the rule has none, which aborts once there is something to go through
record Quantified(Kind kind, Term subject, @Nullable Iterated condition) implements Term {
    enum Kind {
        ALL,
        SOME,
        NONE
    }

    @Override
    public Boolean value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        Object value = subject.value(user, run, frame);
        if (!Values.truthy(value)) return kind == Kind.NONE;
        List<?> items = Iterated.items(value);
        if (condition == null) throw new Aborted(Aborted.Reason.TOO_FEW);
        if (items == null) throw new Aborted(Aborted.Reason.NO_ITEMS);
        Iterated.Pass pass = condition.over(user, run, frame);
        for (Object item : items) if (pass.holds(user, run, item) != (kind == Kind.ALL)) return kind == Kind.SOME;
        return kind != Kind.SOME;
    }

    @Override
    public long steps(long size) {
        long steps = Steps.sum(1, subject.steps(size));
        long items = subject.width(size);
        if (condition == null) return steps;
        return Steps.sum(steps, Steps.product(items, condition.steps(Math.max(size, items))));
    }

    @Override
    public long width(long size) {
        return 1;
    }
}
