package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An operation with arguments that it ignores; they are evaluated all the same, since they can abort.
final class Superfluous implements Term {
    private final Term operation;
    private final Term[] ignored;

    Superfluous(Term operation, Term[] ignored) {
        this.operation = operation;
        this.ignored = ignored;
    }

    /// `operation`, with those of `arguments` from `used` on that are ignored.
    static Term of(Term operation, Term[] arguments, int used) {
        Term[] ignored = used < arguments.length ? Arrays.copyOfRange(arguments, used, arguments.length) : new Term[0];
        return Constant.areAll(ignored) ? operation : new Superfluous(operation, ignored);
    }

    @Override
    public @Nullable Object value(EvaluationContext user, Run run, Frame frame) {
        for (Term term : ignored) term.value(user, run, frame);
        return operation.value(user, run, frame);
    }

    @Override
    public boolean canBeRule() {
        return operation.canBeRule();
    }

    @Override
    public long steps(long size) {
        return Steps.sum(operation.steps(size), Term.stepsOf(ignored, size));
    }

    @Override
    public long width(long size) {
        return operation.width(size);
    }
}
