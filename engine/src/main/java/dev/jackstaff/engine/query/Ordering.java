package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// `<`, `<=`, `>` and `>=` of two values, or of three in a row.
///
/// `<=` is "less or equal" in so many words: null is neither less than 0 nor equal to it.
///
/// @param third null for two values
/// @param falling whether the first is to be the largest
record Ordering(Term first, Term second, @Nullable Term third, boolean falling, boolean orEqual) implements Term {

    static Operator operator(boolean falling, boolean orEqual) {
        return new Operator() {
            @Override
            public Term of(Term[] arguments) {
                if (arguments.length < 2) return Superfluous.of(new Constant(false), arguments, 0);
                boolean chained = arguments.length == 3;
                Term third = chained ? arguments[2] : null;
                Ordering ordering = new Ordering(arguments[0], arguments[1], third, falling, orEqual);
                return Superfluous.of(ordering, arguments, chained ? 3 : 2);
            }

            @Override
            public Term of(Term single) {
                return new Impossible(Aborted.Reason.NO_LIST);
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
        if (third != null) return inARow(user, run, frame, third);
        if (first.isNumeric() && second.isNumeric())
            return ordered(first.number(user, run, frame), second.number(user, run, frame));
        if (first.isNumeric()) {
            double a = first.number(user, run, frame);
            Object b = second.value(user, run, frame);
            Term.read(run, b);
            return ordered(a, Values.comparable(b)) && (b != null || ordersNull(a, 0));
        }
        Object a = first.value(user, run, frame);
        if (!second.isNumeric()) return ordered(a, second.value(user, run, frame), run);
        Term.read(run, a);
        double b = second.number(user, run, frame);
        return ordered(Values.comparable(a), b) && (a != null || ordersNull(0, b));
    }

    /// Equal numbers do not make null ordered.
    private static boolean ordersNull(double a, double b) {
        return a != b;
    }

    private boolean inARow(EvaluationContext user, Run run, Frame frame, Term last) {
        Object a = first.value(user, run, frame);
        Object b = second.value(user, run, frame);
        Object c = last.value(user, run, frame);
        return ordered(a, b, run) && ordered(b, c, run);
    }

    private boolean ordered(@Nullable Object a, @Nullable Object b, Run run) {
        Term.read(run, a);
        Term.read(run, b);
        return (falling ? Values.less(b, a) : Values.less(a, b)) || (orEqual && Values.equal(a, b));
    }

    private boolean ordered(double a, double b) {
        if (orEqual) return falling ? a >= b : a <= b;
        return falling ? a > b : a < b;
    }

    @Override
    public long steps(long size) {
        // In a row the value in the middle is compared twice.
        Term[] compared = third == null ? new Term[]{first, second} : new Term[]{first, second, second, third};
        return Steps.sum(1, Steps.sum(Term.stepsOf(compared, size), Term.widthOf(compared, size)));
    }

    @Override
    public long width(long size) {
        return 1;
    }
}
