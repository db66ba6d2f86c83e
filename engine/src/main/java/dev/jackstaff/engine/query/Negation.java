package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;

/// `!` and `!!`.
record Negation(Term operand, boolean twice) implements Term {

    static Operator operator(boolean twice) {
        return new Operator() {
            @Override
            public Term of(Term[] arguments) {
                if (arguments.length == 0) return new Constant(!twice);
                return Superfluous.of(new Negation(arguments[0], twice), arguments, 1);
            }

            @Override
            public Term of(Term single) {
                return new Negation(single, twice);
            }
        };
    }

    @Override
    public Boolean value(EvaluationContext user, Run run, Frame frame) {
        return truthy(user, run, frame);
    }

    @Override
    public boolean truthy(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        return operand.truthy(user, run, frame) == twice;
    }

    @Override
    public long steps(long size) {
        return Steps.sum(1, operand.steps(size));
    }

    @Override
    public long width(long size) {
        return 1;
    }
}
