package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;

/// A compiled condition. Immutable and thread-safe; allocates nothing unless the run is traced or a JsonLogic operator
/// has to make a value.
public interface Predicate {

    /// Whether the user in `context` is meant. A query that aborts (evaluation rules, vocabulary) does not match.
    boolean matches(EvaluationContext context, Run run);

    /// An upper bound of the steps [#matches] takes on a context of `size` ([EvaluationContext#size]); saturates at
    /// [Long#MAX_VALUE].
    long stepBound(long size);
}
