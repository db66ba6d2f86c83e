package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import org.jspecify.annotations.Nullable;

/// An operation that notes what it does. Rules are compiled with these only to be traced.
///
/// @param arguments gives the values of the arguments, or null where they have none of their own
record Noted(Term operation, @Nullable Term arguments, String expression) implements Term {
    private static final long STEPS_FOR_ARGUMENTS = 100_000;
    private static final int LONGEST_EXPRESSION = 200;

    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        try {
            Object result = operation.value(user, run, frame);
            note(user, run, frame, result, null);
            return result;
        } catch (Aborted aborted) {
            note(user, run, frame, null, "aborts, so the rule does not match: " + aborted.reason);
            throw aborted;
        }
    }

    private void note(EvaluationContext user, Run run, Frame frame, @Nullable Object result,
            @Nullable String note) {
        String shown = expression.length() <= LONGEST_EXPRESSION
                ? expression
                : expression.substring(0, LONGEST_EXPRESSION) + "...";
        run.note(new Trace.Comparison(shown, operand(user, frame), result instanceof Values.StrangeZero ? 0.0 : result,
                note));
    }

    private @Nullable Object operand(EvaluationContext user, Frame frame) {
        try {
            return arguments == null ? null : arguments.value(user, Run.metered(STEPS_FOR_ARGUMENTS), frame);
        } catch (Aborted noValue) {
            return null;
        }
    }

    @Override
    public boolean isNumeric() {
        return operation.isNumeric();
    }

    @Override
    public boolean canBeRule() {
        return operation.canBeRule();
    }

    @Override
    public long steps(long size) {
        return operation.steps(size);
    }

    @Override
    public long width(long size) {
        return operation.width(size);
    }
}
