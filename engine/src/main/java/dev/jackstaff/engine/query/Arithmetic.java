package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;

/// Operators from numbers to a number.
final class Arithmetic implements Term {
    private final Kind kind;
    private final Term[] arguments;

    Arithmetic(Kind kind, Term[] arguments) {
        this.kind = kind;
        this.arguments = arguments;
    }

    enum Kind {
        SUM,
        DIFFERENCE,
        PRODUCT,
        QUOTIENT,
        REMAINDER,
        LARGEST,
        SMALLEST,
        MAGNITUDE;

        Operator operator() {
            return new ArithmeticOperator(this);
        }
    }

    @Override
    public Double value(EvaluationContext user, Run run, Frame frame) {
        return number(user, run, frame);
    }

    @Override
    public double number(EvaluationContext user, Run run, Frame frame) {
        Term.steps(run, arguments.length);
        double first = kind == Kind.SUM ? 0 : kind == Kind.PRODUCT ? 1 : arguments[0].number(user, run, frame);
        int start = kind == Kind.SUM || kind == Kind.PRODUCT ? 0 : 1;
        if (arguments.length == 1 && kind == Kind.DIFFERENCE) return -1 * first;
        if (kind == Kind.MAGNITUDE) return Math.abs(first);
        double result = first;
        for (int i = start; i < arguments.length; i++) result = with(result, arguments[i].number(user, run, frame));
        return result;
    }

    private double with(double result, double next) {
        return switch (kind) {
            case SUM -> result + next;
            case DIFFERENCE -> result - next;
            case PRODUCT -> result * next;
            case QUOTIENT -> result / next;
            case REMAINDER -> result % next;
            case LARGEST -> next > result ? next : result;
            case SMALLEST -> result > next ? next : result;
            case MAGNITUDE -> result;
        };
    }

    @Override
    public boolean truthy(EvaluationContext user, Run run, Frame frame) {
        return number(user, run, frame) != 0;
    }

    @Override
    public boolean isNumeric() {
        return true;
    }

    @Override
    public long steps(long size) {
        return Steps.sum(arguments.length, Steps.sum(Term.stepsOf(arguments, size), Term.widthOf(arguments, size)));
    }

    @Override
    public long width(long size) {
        return 1;
    }

    private record ArithmeticOperator(Kind kind) implements Operator {
        @Override
        public Term of(Term[] arguments) {
            if (kind == Kind.REMAINDER) {
                if (arguments.length < 2) return new Impossible(Aborted.Reason.TOO_FEW);
                return Superfluous.of(new Arithmetic(kind, new Term[]{arguments[0], arguments[1]}), arguments, 2);
            }
            if (arguments.length == 0 && kind != Kind.SUM && kind != Kind.PRODUCT) return ofNone();
            if (kind == Kind.MAGNITUDE)
                return Superfluous.of(new Arithmetic(kind, new Term[]{arguments[0]}), arguments, 1);
            return new Arithmetic(kind, arguments);
        }

        private Term ofNone() {
            return switch (kind) {
                case LARGEST, SMALLEST -> Constant.NULL;
                case DIFFERENCE, QUOTIENT -> new Constant(Values.StrangeZero.STRANGE_ZERO);
                default -> new Constant(0.0);
            };
        }

        @Override
        public Term of(Term single) {
            return switch (kind) {
                case SUM, MAGNITUDE -> new Arithmetic(kind, new Term[]{single});
                case PRODUCT -> Superfluous.of(new Constant(1.0), new Term[]{single}, 0);
                case REMAINDER -> new Impossible(Aborted.Reason.NO_LIST);
                case DIFFERENCE, QUOTIENT, LARGEST, SMALLEST -> Superfluous.of(ofNone(), new Term[]{single}, 0);
            };
        }
    }
}
