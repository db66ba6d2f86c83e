package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `var` whose argument is only known when it is evaluated, and the same lookup for `missing`.
record Lookup(Attributes attributes, Term argument) implements Term {
    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        return at(attributes, argument.value(user, run, frame), user, run, frame);
    }

    /// What `argument` leads to in `frame`: a path, the number of a path, `[path, default]`, or nothing for all data.
    static @Nullable Object at(
            Attributes attributes, @Nullable Object argument, EvaluationContext user, Run run, Frame frame) {
        boolean seesUser = frame.seesUser;
        if (argument == null) return !seesUser && isPrimitive(frame.data) ? Values.of(frame.data) : null;
        if (argument instanceof List<?> list) {
            if (list.isEmpty()) return in(attributes, "", user, run, frame);
            if (!(list.get(0) instanceof String path)) throw new Aborted(Aborted.Reason.NO_PATH);
            Object value = in(attributes, path, user, run, frame);
            return value == null && list.size() == 2 ? Values.of(list.get(1)) : value;
        }
        if (Values.isNumber(argument)) return in(attributes, Values.text(argument), user, run, frame);
        if (argument instanceof String path) return in(attributes, path, user, run, frame);
        if (!seesUser && frame.data == null) return null;
        throw new Aborted(Aborted.Reason.NO_PATH);
    }

    private static @Nullable Object in(
            Attributes attributes, String path, EvaluationContext user, Run run, Frame frame) {
        Term.steps(run, path.length());
        return new VariablePath(path, attributes).in(user, frame);
    }

    private static boolean isPrimitive(@Nullable Object data) {
        Object value = Values.of(data);
        return value instanceof Boolean || Values.isNumber(value) || value instanceof String;
    }

    @Override
    public boolean canBeRule() {
        return true;
    }

    @Override
    public long steps(long size) {
        return Steps.sum(Steps.sum(argument.steps(size), argument.width(size)), 512);
    }

    @Override
    public long width(long size) {
        return Steps.sum(Steps.sum(size, 256), argument.width(size));
    }
}
