package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `contains_all`, `contains_any`, `contains_none`: whether the items of the second list are in the first.
record Containment(Kind kind, Term list, Term items) implements Term {
    enum Kind {
        ALL,
        ANY,
        NONE;

        Operator operator() {
            return new Operator() {
                @Override
                public Term of(Term[] arguments) {
                    if (arguments.length != 2) return Superfluous.of(malformed(), arguments, 0);
                    return new Containment(Kind.this, arguments[0], arguments[1]);
                }

                @Override
                public Term of(Term single) {
                    return Superfluous.of(malformed(), new Term[]{single}, 0);
                }
            };
        }

        private Constant malformed() {
            return new Constant(this == NONE);
        }
    }

    @Override
    public Boolean value(EvaluationContext user, Run run, Frame frame) {
        Object in = list.value(user, run, frame);
        Object sought = items.value(user, run, frame);
        Term.step(run);
        if (!(in instanceof List<?> members) || !(sought instanceof List<?> candidates)) return kind == Kind.NONE;
        for (Object candidate : candidates) {
            Term.read(run, candidate);
            boolean contained = contains(members, Values.of(candidate), run);
            if (contained != (kind == Kind.ALL)) return kind == Kind.ANY;
        }
        return kind != Kind.ANY;
    }

    private static boolean contains(List<?> members, @Nullable Object candidate, Run run) {
        for (Object member : members) {
            Term.step(run);
            Term.read(run, member);
            if (Values.identical(Values.of(member), candidate)) return true;
        }
        return false;
    }

    @Override
    public long steps(long size) {
        long compared = Steps.product(items.width(size), Steps.sum(1, list.width(size)));
        return Steps.sum(1, Steps.sum(compared, Steps.sum(list.steps(size), items.steps(size))));
    }

    @Override
    public long width(long size) {
        return 1;
    }
}
