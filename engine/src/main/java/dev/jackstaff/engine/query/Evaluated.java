package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation whose arguments are themselves the result of an operation, such as `{"max": {"var": "scores"}}`: whether
/// they are a list shows when they are there.
record Evaluated(Operator operator, Term arguments) implements Term {
    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        return operation(arguments.value(user, run, frame), run).value(user, run, frame);
    }

    private Term operation(@Nullable Object value, Run run) {
        if (!(value instanceof List<?> list)) return operator.of(new Constant(value));
        Term.steps(run, list.size());
        return operator.of(Constant.all(list));
    }

    @Override
    public boolean canBeRule() {
        return true;
    }

    /// The arguments are a list as wide as it may be, of values as wide as they may be, and the operator may look at all
    /// of it for each of its items.
    @Override
    public long steps(long size) {
        long width = arguments.width(size);
        return Steps.sum(arguments.steps(size), Steps.sum(512, Steps.product(width, Steps.sum(width, 4))));
    }

    @Override
    public long width(long size) {
        return Steps.sum(Steps.sum(size, 512), arguments.width(size));
    }
}
