package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// A compiled JsonLogic rule. It matches unless its result, written as JSON, is `false`, `null`, `""`, `0` or `[]`.
final class LogicPredicate implements Predicate {
    private final Json rule;
    private final String text;
    private final Attributes attributes;
    private final Term term;
    private final boolean makesNumbers;

    /// @param text         the text that `rule` was read from
    /// @param makesNumbers whether the result can hold a number without a JSON form
    LogicPredicate(Json rule, String text, Attributes attributes, Term term, boolean makesNumbers) {
        this.rule = rule;
        this.text = text;
        this.attributes = attributes;
        this.term = term;
        this.makesNumbers = makesNumbers;
    }

    @Override
    public boolean matches(EvaluationContext context, Run run) {
        if (!attributes.haveJsonForm(context)) return false;
        try {
            return matches(run.traced() ? noting() : term, context, run) && !run.exhausted();
        } catch (Aborted doesNotMatch) {
            return false;
        }
    }

    private boolean matches(Term root, EvaluationContext context, Run run) {
        if (root.isNumeric()) return Values.means(root.number(context, run, Frame.USER));
        @Nullable
        Object result = root.value(context, run, Frame.USER);
        return Values.means(result) && !(makesNumbers && !Values.isWritable(result));
    }

    private Term noting() {
        return new LogicCompiler(attributes, null, text).term(rule, null);
    }

    @Override
    public long stepBound(long size) {
        return term.steps(size);
    }
}
