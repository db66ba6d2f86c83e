package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `in`: a text in a text, or a value in a list, where a list inside the list is a range of numbers.
record Membership(Term needle, Term haystack) implements Term {

    static final Operator OPERATOR = new Operator() {
        @Override
        public Term of(Term[] arguments) {
            if (arguments.length == 0) return new Impossible(Aborted.Reason.TOO_FEW);
            if (arguments.length == 1) return Superfluous.of(new Constant(false), arguments, 0);
            Haystack known = arguments[1] instanceof Constant list ? Haystack.of(list.value()) : null;
            Term membership =
                    known == null ? new Membership(arguments[0], arguments[1]) : new In(arguments[0], known);
            return Superfluous.of(membership, arguments, 2);
        }

        @Override
        public Term of(Term single) {
            return new Impossible(Aborted.Reason.NO_LIST);
        }
    };

    @Override
    public Boolean value(EvaluationContext user, Run run, Frame frame) {
        return truthy(user, run, frame);
    }

    @Override
    public boolean truthy(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        Object sought = needle.value(user, run, frame);
        Object in = haystack.value(user, run, frame);
        if (in instanceof String text) return isIn(sought, text, run);
        if (!(in instanceof List<?> list)) return false;
        for (int i = 0; i < list.size(); i++) if (is(sought, Values.of(list.get(i)), run)) return true;
        return false;
    }

    private static boolean isIn(@Nullable Object sought, String text, Run run) {
        if (!(sought instanceof String part)) throw new Aborted(Aborted.Reason.NO_NEEDLE);
        Term.steps(run, searchSteps(text.length(), part.length()));
        return text.contains(part);
    }

    /// Searching compares the part at every place in the worst case, several characters a step.
    private static long searchSteps(long text, long part) {
        return Steps.sum(text, Steps.product(text, part) / 16);
    }

    private static boolean is(@Nullable Object sought, @Nullable Object item, Run run) {
        Term.step(run);
        Term.read(run, item);
        if (item instanceof List<?> range) {
            if (range.size() < 2) throw new Aborted(Aborted.Reason.NO_RANGE);
            Term.read(run, sought);
            Term.read(run, range.get(0));
            Term.read(run, range.get(1));
            double number = Values.arithmetic(sought);
            return number >= Values.arithmetic(range.get(0)) && Values.arithmetic(range.get(1)) >= number;
        }
        if (Values.isNumber(sought)) return Values.arithmetic(item) == Values.arithmetic(sought);
        return Values.identical(sought, item);
    }

    @Override
    public long steps(long size) {
        long width = haystack.width(size);
        long looked = Steps.sum(width, Steps.product(width, needle.width(size)));
        return Steps.sum(Steps.sum(1, looked), Steps.sum(needle.steps(size), haystack.steps(size)));
    }

    @Override
    public long width(long size) {
        return 1;
    }

    /// In a list that stands in the rule: one look-up, however long the list.
    private record In(Term needle, Haystack haystack) implements Term {
        @Override
        public Boolean value(EvaluationContext user, Run run, Frame frame) {
            return truthy(user, run, frame);
        }

        @Override
        public boolean truthy(EvaluationContext user, Run run, Frame frame) {
            Term.step(run);
            if (needle.isNumeric()) return haystack.contains(needle.number(user, run, frame));
            return haystack.contains(needle.value(user, run, frame));
        }

        @Override
        public long steps(long size) {
            return Steps.sum(1, needle.steps(size));
        }

        @Override
        public long width(long size) {
            return 1;
        }
    }
}
