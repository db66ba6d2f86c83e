package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// `substr`, counted in code points. A start outside the text gives the whole text.
///
/// @param length null for up to the end; negative is a place counted from the end
record Substring(Term text, Term start, @Nullable Term length) implements Term {

    static final Operator OPERATOR = new Operator() {
        @Override
        public Term of(Term[] arguments) {
            if (arguments.length < 2) return new Impossible(Aborted.Reason.TOO_FEW);
            boolean hasLength = arguments.length == 3;
            Term length = hasLength ? arguments[2] : null;
            return Superfluous.of(new Substring(arguments[0], arguments[1], length), arguments, hasLength ? 3 : 2);
        }

        @Override
        public Term of(Term single) {
            return new Impossible(Aborted.Reason.NO_LIST);
        }
    };

    @Override
    public String value(EvaluationContext user, Run run, Frame frame) {
        String whole = Values.text(text.value(user, run, frame));
        Term.steps(run, 1L + whole.length());
        long count = whole.codePointCount(0, whole.length());
        long from = Values.integer(start.number(user, run, frame));
        if (from < 0) from += count;
        if (from < 0 || from > count) {
            if (length != null) length.value(user, run, frame);
            return whole;
        }
        long wanted = length == null ? count : Values.integer(length.number(user, run, frame));
        long to = Math.min(wanted < 0 ? count + wanted : from + wanted, count);
        if (to < from) throw new Aborted(Aborted.Reason.BAD_RANGE);
        int begin = whole.offsetByCodePoints(0, (int) from);
        return whole.substring(begin, whole.offsetByCodePoints(begin, (int) (to - from)));
    }

    @Override
    public long steps(long size) {
        Term[] arguments = length == null ? new Term[]{text, start} : new Term[]{text, start, length};
        return Steps.sum(1, Steps.sum(Term.stepsOf(arguments, size), Steps.sum(350, Term.widthOf(arguments, size))));
    }

    @Override
    public long width(long size) {
        return Steps.sum(text.width(size), 350);
    }
}
