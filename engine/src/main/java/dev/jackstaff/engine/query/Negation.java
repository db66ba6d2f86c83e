package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;

/// `!` and `!!`.
///
/// @param ofList whether the operand may give a list of arguments, of which the first counts
record Negation(Term operand, boolean twice, boolean ofList) implements Term {

    static Operator operator(boolean twice) {
        return new Operator() {
            @Override
            public Term of(Term[] arguments) {
                if (arguments.length == 0) return new Constant(!twice);
                return Superfluous.of(new Negation(arguments[0], twice, false), arguments, 1);
            }

            @Override
            public Term of(Term single) {
                return new Negation(single, twice, false);
            }

            @Override
            public Term ofEither(Term argument) {
                return new Negation(argument, twice, true);
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
        return (ofList ? ofFirst(user, run, frame) : operand.truthy(user, run, frame)) == twice;
    }

    private boolean ofFirst(EvaluationContext user, Run run, Frame frame) {
        if (operand.isNumeric()) return operand.truthy(user, run, frame);
        Object value = operand.value(user, run, frame);
        return Values.truthy(value instanceof List<?> list && !list.isEmpty() ? Values.of(list.get(0)) : value);
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
