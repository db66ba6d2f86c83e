package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `merge`: one list of all arguments, lists among them flattened one level.
final class Merge implements Term {
    private final Term[] parts;

    Merge(Term[] parts) {
        this.parts = parts;
    }

    static final Operator OPERATOR = new Operator() {
        @Override
        public Term of(Term[] arguments) {
            return new Merge(arguments);
        }

        @Override
        public Term of(Term single) {
            return new Single(single);
        }
    };

    @Override
    public List<@Nullable Object> value(EvaluationContext user, Run run, Frame frame) {
        List<@Nullable Object> merged = new ArrayList<>();
        for (Term part : parts) {
            Object value = part.value(user, run, frame);
            Term.steps(run, value instanceof List<?> list ? 1L + list.size() : 1);
            if (value instanceof List<?> list) merged.addAll(list);
            else
                merged.add(value);
        }
        return merged;
    }

    @Override
    public long steps(long size) {
        return Steps.sum(Term.stepsOf(parts, size), width(size));
    }

    @Override
    public long width(long size) {
        return Term.widthOf(parts, size);
    }

    /// `merge` of one argument that is no list: null and objects abort.
    private record Single(Term argument) implements Term {
        @Override
        public List<@Nullable Object> value(EvaluationContext user, Run run, Frame frame) {
            Object value = argument.value(user, run, frame);
            if (value == null || value instanceof Map) throw new Aborted(Aborted.Reason.NO_LIST);
            return List.of(value);
        }

        @Override
        public long steps(long size) {
            return argument.steps(size);
        }

        @Override
        public long width(long size) {
            return Steps.sum(1, argument.width(size));
        }
    }
}
