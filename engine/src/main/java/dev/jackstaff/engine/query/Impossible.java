package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;

/// An operation that aborts whatever the data: the rule does not match once evaluation comes to it.
record Impossible(Aborted.Reason why) implements Term {
    @Override
    public Object value(EvaluationContext user, Run run, Frame frame) {
        throw new Aborted(why);
    }

    @Override
    public long steps(long size) {
        return 0;
    }

    @Override
    public long width(long size) {
        return 0;
    }
}
