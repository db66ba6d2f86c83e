package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a compiled JsonLogic rule. Immutable; evaluating throws [Aborted] where the original panics.
///
/// Numbers go from term to term as `double` wherever the asking term wants one, so that arithmetic in comparisons makes
/// no objects.
interface Term {

    /// @param frame the data the rule sees
    @Nullable
    Object value(EvaluationContext user, Run run, Frame frame);

    /// The value as arithmetic takes it. Exactly the value where [#isNumeric].
    default double number(EvaluationContext user, Run run, Frame frame) {
        Object value = value(user, run, frame);
        read(run, value);
        return Values.arithmetic(value);
    }

    default boolean truthy(EvaluationContext user, Run run, Frame frame) {
        return Values.truthy(value(user, run, frame));
    }

    /// Whether the value is always a number.
    default boolean isNumeric() {
        return false;
    }

    /// Whether the value can be an object with one member, which reads as an operation.
    default boolean canBeRule() {
        return false;
    }

    /// An upper bound of the steps evaluating takes on a context of `size`.
    long steps(long size);

    /// An upper bound of how large the value is: characters plus entries.
    long width(long size);

    /// Counts a step.
    static void step(Run run) {
        if (!run.spend(1)) throw new Aborted(Aborted.Reason.OUT_OF_STEPS);
    }

    static void steps(Run run, long steps) {
        if (!run.spend(steps)) throw new Aborted(Aborted.Reason.OUT_OF_STEPS);
    }

    /// Counts what it takes to read `value` as a number, or to compare it: a step for each character of a text.
    static void read(Run run, @Nullable Object value) {
        if (value instanceof String text) steps(run, text.length());
    }

    static long stepsOf(Term[] terms, long size) {
        long steps = 0;
        for (Term term : terms) steps = Steps.sum(steps, term.steps(size));
        return steps;
    }

    static long widthOf(Term[] terms, long size) {
        long width = 0;
        for (Term term : terms) width = Steps.sum(width, Steps.sum(1, term.width(size)));
        return width;
    }

    /// Whether `value` reads as an operation.
    static boolean isRule(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.size() == 1;
    }
}
