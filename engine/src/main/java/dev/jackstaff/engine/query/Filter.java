package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `filter`: the items for which the condition holds.
record Filter(Term subject, Iterated condition) implements Term {
    @Override
    public List<@Nullable Object> value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        List<?> items = Iterated.items(subject.value(user, run, frame));
        if (items == null) return List.of();
        Iterated.Pass pass = condition.over(user, run, frame);
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : items) if (pass.holds(user, run, item)) kept.add(item);
        return kept;
    }

    @Override
    public long steps(long size) {
        long items = subject.width(size);
        return Steps.sum(Steps.sum(1, subject.steps(size)),
                Steps.product(items, condition.steps(Math.max(size, items))));
    }

    @Override
    public long width(long size) {
        return subject.width(size);
    }
}
