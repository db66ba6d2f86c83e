package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.query.Predicate;
import dev.jackstaff.engine.query.Run;

/// The predicates of rules that have no condition, or none that is asked.
enum Unconditional implements Predicate {
    /// A rule without a query, or with one of nothing but spaces and line breaks.
    ALWAYS(true),
    /// A rule that is switched off; its query may be anything.
    NEVER(false);

    private final boolean matches;

    Unconditional(boolean matches) {
        this.matches = matches;
    }

    @Override
    public boolean matches(EvaluationContext context, Run run) {
        return matches;
    }

    @Override
    public long stepBound(long size) {
        return 0;
    }
}
