package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `set`: a copy of an object with one member set. The value is evaluated a second time. What is no object, or is to get
/// a member whose name is no string, stays as it is.
record Property(LogicCompiler compiler, Term object, Term name, Term content) implements Term {

    static Operator operator(LogicCompiler compiler) {
        return new Operator() {
            @Override
            public Term of(Term[] arguments) {
                if (arguments.length == 0) return Constant.NULL;
                if (arguments.length < 3) return Superfluous.of(arguments[0], arguments, 1);
                return Superfluous.of(new Property(compiler, arguments[0], arguments[1], arguments[2]), arguments, 3);
            }

            @Override
            public Term of(Term single) {
                return Superfluous.of(Constant.NULL, new Term[]{single}, 0);
            }
        };
    }

    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        Object target = object.value(user, run, frame);
        Object key = name.value(user, run, frame);
        Object first = content.value(user, run, frame);
        if (!(target instanceof Map<?, ?> map)) return target;
        if (!(key instanceof String member)) return target;
        Term.steps(run, 1L + map.size());
        Map<@Nullable Object, @Nullable Object> changed = new HashMap<>(map);
        changed.put(member, compiler.repeated(first, user, run, frame));
        return changed;
    }

    @Override
    public boolean canBeRule() {
        return true;
    }

    @Override
    public long steps(long size) {
        return Steps.UNBOUNDED;
    }

    @Override
    public long width(long size) {
        return Steps.UNBOUNDED;
    }
}
