package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;

/// `==`, `!=`, `===` and `!==`.
record Equality(Term left, Term right, boolean strict, boolean negated) implements Term {

    static Operator operator(boolean strict, boolean negated) {
        return new Operator() {
            @Override
            public Term of(Term[] arguments) {
                if (arguments.length < 2) return Superfluous.of(new Constant(negated), arguments, 0);
                return Superfluous.of(new Equality(arguments[0], arguments[1], strict, negated), arguments, 2);
            }

            @Override
            public Term of(Term single) {
                return strict
                        ? Superfluous.of(new Constant(negated), new Term[]{single}, 0)
                        : new Impossible(Aborted.Reason.NO_LIST);
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
        return areEqual(user, run, frame) != negated;
    }

    private boolean areEqual(EvaluationContext user, Run run, Frame frame) {
        if (left.isNumeric()) return areEqual(left.number(user, run, frame), right, user, run, frame);
        if (right.isNumeric()) return areEqual(right.number(user, run, frame), left, user, run, frame);
        Object a = left.value(user, run, frame);
        Object b = right.value(user, run, frame);
        Term.read(run, a);
        Term.read(run, b);
        return strict ? Values.strictlyEqual(a, b) : Values.equal(a, b);
    }

    private boolean areEqual(double number, Term term, EvaluationContext user, Run run, Frame frame) {
        if (term.isNumeric()) return number == term.number(user, run, frame);
        Object other = term.value(user, run, frame);
        Term.read(run, other);
        if (strict && !Values.isNumber(other)) return false;
        return Values.equal(number, other);
    }

    @Override
    public long steps(long size) {
        Term[] operands = {left, right};
        return Steps.sum(1, Steps.sum(Term.stepsOf(operands, size), Term.widthOf(operands, size)));
    }

    @Override
    public long width(long size) {
        return 1;
    }
}
