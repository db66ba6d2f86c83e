package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `missing` and `missing_some`: those of the paths that lead to nothing.
///
/// @param needed how many must be found for the answer to be empty; null for all
record Missing(LogicCompiler compiler, @Nullable Term needed, Term paths) implements Term {

    static Operator all(LogicCompiler compiler) {
        return new Operator() {
            @Override
            public Term of(Term[] arguments) {
                return new Missing(compiler, null, ListTerm.of(arguments));
            }

            @Override
            public Term of(Term single) {
                return new Missing(compiler, null, single);
            }
        };
    }

    static Operator some(LogicCompiler compiler) {
        return new Operator() {
            @Override
            public Term of(Term[] arguments) {
                if (arguments.length < 2) return new Impossible(Aborted.Reason.TOO_FEW);
                return Superfluous.of(new Missing(compiler, arguments[0], arguments[1]), arguments, 2);
            }

            @Override
            public Term of(Term single) {
                return new Impossible(Aborted.Reason.NO_LIST);
            }
        };
    }

    @Override
    public List<@Nullable Object> value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        long count = needed == null ? Long.MAX_VALUE : Values.integer(needed.number(user, run, frame));
        Object value = paths.value(user, run, frame);
        List<?> sought;
        if (value instanceof List<?> list) sought = list;
        else if (needed != null) return List.of();
        else if (value instanceof String path) sought = List.of(path);
        else
            throw new Aborted(Aborted.Reason.NO_LIST);

        List<@Nullable Object> missing = new ArrayList<>();
        int found = 0;
        for (Object path : sought) {
            Term.step(run);
            Object argument = compiler.repeated(Values.of(path), user, run, frame);
            if (Lookup.at(compiler.attributes(), argument, user, run, frame) == null) missing.add(path);
            else
                found++;
        }
        return count > found ? missing : List.of();
    }

    /// Finding all of them is not enough for a count larger than that, and an empty list needs none.
    @Override
    public long steps(long size) {
        if (!(paths instanceof Constant)) return Steps.UNBOUNDED;
        long counted = needed == null ? 0 : Steps.sum(needed.steps(size), needed.width(size));
        return Steps.sum(Steps.product(paths.width(size), 3), Steps.sum(1, counted));
    }

    @Override
    public long width(long size) {
        return paths.width(size);
    }
}
