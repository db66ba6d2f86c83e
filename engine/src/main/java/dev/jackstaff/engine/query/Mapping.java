package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `map`: what the rule makes of each item.
record Mapping(Term subject, Iterated rule) implements Term {
    @Override
    public List<@Nullable Object> value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        List<?> items = Iterated.items(subject.value(user, run, frame));
        if (items == null) return List.of();
        Iterated.Pass pass = rule.over(user, run, frame);
        List<@Nullable Object> mapped = new ArrayList<>(items.size());
        for (Object item : items) mapped.add(pass.value(user, run, item));
        return mapped;
    }

    @Override
    public long steps(long size) {
        long items = subject.width(size);
        return Steps.sum(Steps.sum(1, subject.steps(size)), Steps.product(items, rule.steps(Math.max(size, items))));
    }

    @Override
    public long width(long size) {
        long items = subject.width(size);
        return Steps.product(items, Steps.sum(1, rule.width(Math.max(size, items))));
    }
}
