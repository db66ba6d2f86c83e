package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import org.jspecify.annotations.Nullable;

/// A condition without an answer: once evaluation comes to it, the query as a whole does not match.
record Unanswerable(String expression, @Nullable String whatWouldBeRight) implements Condition {
    @Override
    public int verdict(EvaluationContext user, Run run, @Nullable CarryOver carried) {
        if (run.traced())
            run.note(new Trace.Comparison(
                    expression,
                    null,
                    false,
                    "has no answer, so the query does not match"
                            + (whatWouldBeRight == null ? "" : ": " + whatWouldBeRight)));
        return ABORT;
    }

    @Override
    public long steps(long size) {
        return 0;
    }
}
