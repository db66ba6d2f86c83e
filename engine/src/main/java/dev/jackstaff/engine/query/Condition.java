package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// A part of a compiled rules expression. Immutable; evaluating allocates nothing unless the run is traced.
///
/// A verdict is one of three numbers: an [#ABORT] passes through everything around it, since then the query as a whole
/// does not match, whatever `not` and `or` say.
sealed interface Condition permits Joined, Not, Comparison, Unanswerable {
    int ABORT = -1;
    int NO = 0;
    int YES = 1;

    /// @param carried what lookups before this one left behind; null unless that defect is kept
    int verdict(EvaluationContext user, Run run, @Nullable CarryOver carried);

    /// An upper bound of the steps a verdict takes on a context of `size`.
    long steps(long size);

    static int not(int verdict) {
        return verdict == ABORT ? ABORT : YES - verdict;
    }
}
