package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of the values of terms.
final class ListTerm implements Term {
    private final Term[] items;

    ListTerm(Term[] items) {
        this.items = items;
    }

    static Term of(Term[] items) {
        return Constant.areAll(items) ? new Constant(Constant.values(items)) : new ListTerm(items);
    }

    @Override
    public List<@Nullable Object> value(EvaluationContext user, Run run, Frame frame) {
        Term.steps(run, items.length);
        List<@Nullable Object> values = new ArrayList<>(items.length);
        for (Term item : items) values.add(item.value(user, run, frame));
        return values;
    }

    @Override
    public long steps(long size) {
        return Steps.sum(items.length, Term.stepsOf(items, size));
    }

    @Override
    public long width(long size) {
        return Term.widthOf(items, size);
    }
}
