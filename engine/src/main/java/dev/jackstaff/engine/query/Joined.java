package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// Conditions joined by `and` and `or` from left to right, skipping those that cannot change the verdict any more.
/// However many there are, evaluating them is a loop.
abstract sealed class Joined implements Condition {
    final Condition[] operands;

    private Joined(Condition[] operands) {
        this.operands = operands;
    }

    /// @param or for each operand whether it is joined to those before it by `or`; the first has no meaning
    static Joined of(Condition[] operands, boolean[] or) {
        int ors = 0;
        for (int i = 1; i < or.length; i++) if (or[i]) ors++;
        if (ors == 0) return new And(operands);
        return ors == operands.length - 1 ? new Or(operands) : new Mixed(operands, or);
    }

    @Override
    public final long steps(long size) {
        long steps = 0;
        for (Condition operand : operands) steps = Steps.sum(steps, operand.steps(size));
        return steps;
    }

    private static final class And extends Joined {
        And(Condition[] operands) {
            super(operands);
        }

        @Override
        public int verdict(EvaluationContext user, Run run, @Nullable CarryOver carried) {
            for (Condition operand : operands) {
                int verdict = operand.verdict(user, run, carried);
                if (verdict != YES) return verdict;
            }
            return YES;
        }
    }

    private static final class Or extends Joined {
        Or(Condition[] operands) {
            super(operands);
        }

        @Override
        public int verdict(EvaluationContext user, Run run, @Nullable CarryOver carried) {
            for (Condition operand : operands) {
                int verdict = operand.verdict(user, run, carried);
                if (verdict != NO) return verdict;
            }
            return NO;
        }
    }

    /// Both in one chain: `x or y and z` is `(x or y) and z`.
    private static final class Mixed extends Joined {
        private final boolean[] or;

        Mixed(Condition[] operands, boolean[] or) {
            super(operands);
            this.or = or;
        }

        @Override
        public int verdict(EvaluationContext user, Run run, @Nullable CarryOver carried) {
            int verdict = operands[0].verdict(user, run, carried);
            for (int i = 1; i < operands.length && verdict != ABORT; i++)
                if (verdict != (or[i] ? YES : NO)) verdict = operands[i].verdict(user, run, carried);
            return verdict;
        }
    }
}
