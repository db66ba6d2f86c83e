package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// `{"var": "path"}` with or without default.
final class Variable implements Term {
    private final VariablePath path;
    private final Term defaultValue;
    private final int[] scopes;
    private final long cost;

    /// @param scopes how many frames outwards it is looked for, in this order; the first that gives a value decides. More
    ///               than one only inside the condition of `filter` and its like, see [Nesting]
    Variable(VariablePath path, Term defaultValue, int[] scopes) {
        this.path = path;
        this.defaultValue = defaultValue;
        this.scopes = scopes;
        this.cost = scopes.length * (1L + path.length() / 4);
    }

    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        Term.steps(run, cost);
        for (int scope : scopes) {
            Frame seen = frame.outwards(scope);
            Object value = path.in(user, seen);
            if (value == null) value = defaultValue.value(user, run, seen);
            if (value != null) return value;
        }
        return null;
    }

    @Override
    public boolean canBeRule() {
        return true;
    }

    @Override
    public long steps(long size) {
        return Steps.sum(cost, Steps.product(scopes.length, defaultValue.steps(size)));
    }

    @Override
    public long width(long size) {
        return Steps.sum(Steps.sum(size, 256), defaultValue.width(size));
    }
}
