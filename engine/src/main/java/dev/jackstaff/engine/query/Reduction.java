package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `reduce`: one value of all items, in the kind of the initial one. Null items are skipped.
record Reduction(Term subject, Iterated rule, Term initial) implements Term {
    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        Object first = initial.value(user, run, frame);
        if (first == null || !(first instanceof Boolean || Values.isNumber(first) || first instanceof String))
            throw new Aborted(Aborted.Reason.NO_INITIAL);
        List<?> items = Iterated.items(subject.value(user, run, frame));
        if (items == null) return 0.0;
        // One object for all steps, as in the original: a step that hands it out hands out the next one's data.
        Map<String, @Nullable Object> data = new HashMap<>();
        data.put("valueType", first instanceof Boolean ? "bool" : first instanceof String ? "string" : "number");
        data.put("accumulator", first);
        Object accumulator = first;
        Iterated.Pass pass = rule.over(user, run, frame);
        for (Object item : items) {
            if (item == null) continue;
            data.put("current", item);
            Object value = pass.value(user, run, data);
            Term.read(run, value);
            accumulator = inKindOf(first, value);
            data.put("accumulator", accumulator);
        }
        return accumulator;
    }

    private static Object inKindOf(Object kind, @Nullable Object value) {
        if (kind instanceof Boolean) return Values.truthy(value);
        return kind instanceof String ? Values.text(value) : (Object) Values.arithmetic(value);
    }

    /// A text can double with every item.
    private boolean canGrow() {
        return !(initial instanceof Constant constant) || constant.value() instanceof String;
    }

    @Override
    public long steps(long size) {
        if (canGrow()) return Steps.UNBOUNDED;
        long items = subject.width(size);
        long largest = Math.max(size, items);
        long each = Steps.sum(rule.steps(largest), rule.width(largest));
        return Steps.sum(Steps.sum(1, subject.steps(size)), Steps.product(items, each));
    }

    @Override
    public long width(long size) {
        return canGrow() ? Steps.UNBOUNDED : 1;
    }
}
