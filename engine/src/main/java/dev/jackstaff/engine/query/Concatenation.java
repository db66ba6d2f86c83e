package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;

/// `cat`: the texts of all arguments, without white space at the ends when there are several.
final class Concatenation implements Term {
    private final Term[] parts;

    Concatenation(Term[] parts) {
        this.parts = parts;
    }

    static final Operator OPERATOR = new Operator() {
        @Override
        public Term of(Term[] arguments) {
            return new Concatenation(arguments);
        }

        @Override
        public Term of(Term single) {
            return new TextOnly(single);
        }
    };

    @Override
    public String value(EvaluationContext user, Run run, Frame frame) {
        Term.step(run);
        if (parts.length == 1) return Values.text(parts[0].value(user, run, frame));
        StringBuilder joined = new StringBuilder();
        for (Term part : parts) {
            String text = Values.text(part.value(user, run, frame));
            Term.steps(run, 1L + text.length());
            joined.append(text);
        }
        return Values.trimmed(joined.toString());
    }

    @Override
    public long steps(long size) {
        return Steps.sum(Steps.sum(1, Term.stepsOf(parts, size)), width(size));
    }

    /// A number is at most some 330 characters wide.
    @Override
    public long width(long size) {
        return Steps.sum(Term.widthOf(parts, size), Steps.product(350, parts.length));
    }

    /// `cat` of a single argument: a text is itself, anything else aborts.
    private record TextOnly(Term text) implements Term {
        @Override
        public String value(EvaluationContext user, Run run, Frame frame) {
            if (text.value(user, run, frame) instanceof String string) return string;
            throw new Aborted(Aborted.Reason.NO_LIST);
        }

        @Override
        public long steps(long size) {
            return text.steps(size);
        }

        @Override
        public long width(long size) {
            return text.width(size);
        }
    }
}
