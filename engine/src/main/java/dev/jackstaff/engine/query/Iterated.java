package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The condition of an operator that goes through a list.
///
/// The original replaces variables in the rule before it goes through the list ([Nesting]). Compiled once, the condition
/// looks them up in the same order instead, which is the same as long as the values are no rules themselves: no object,
/// no list with an object in it. Where one is, the replacing is done to the letter.
final class Iterated {
    /// Inside a rule whose variables are replaced already.
    private static final Nesting PLAIN = new Nesting(false, null);

    private final LogicCompiler compiler;
    private final Json rule;
    private final @Nullable Nesting outside;
    private final boolean mustBeOperation;
    private final VariableUses uses;
    private final Term compiled;

    /// @param outside         what the operator itself stands in
    /// @param replaces        whether it replaces variables, see [Nesting]
    /// @param mustBeOperation whether a condition that is no object aborts
    Iterated(LogicCompiler compiler, Json rule, @Nullable Nesting outside, boolean replaces, boolean mustBeOperation) {
        this.compiler = compiler;
        this.rule = rule;
        this.outside = outside;
        this.mustBeOperation = mustBeOperation;
        this.uses = replaces ? VariableUses.in(rule, mustBeOperation, compiler.attributes()) : VariableUses.NONE;
        this.compiled = operation(rule, new Nesting(replaces, outside));
    }

    private Term operation(Json condition, Nesting inside) {
        boolean operation = condition instanceof Json.Members;
        return mustBeOperation && !operation
                ? new Impossible(Aborted.Reason.NO_RULE)
                : compiler.term(condition, inside);
    }

    /// The condition as it is for all items of one list.
    Pass over(EvaluationContext user, Run run, Frame frame) {
        if (!uses.areRulesIn(user, run, frame)) return new Pass(compiled, frame);
        Json replaced = replaced(user, run, frame);
        return new Pass(operation(replaced, PLAIN), frame.deeper(replaced.levels()));
    }

    /// What going through a list once takes.
    ///
    /// @param rule   to evaluate for each item, in the item's frame
    /// @param around the frame around that of the item
    record Pass(Term rule, Frame around) {
        boolean holds(EvaluationContext user, Run run, @Nullable Object item) {
            Term.step(run);
            return rule.truthy(user, run, around.of(item));
        }

        @Nullable
        Object value(EvaluationContext user, Run run, @Nullable Object item) {
            Term.step(run);
            return rule.value(user, run, around.of(item));
        }
    }

    /// The rule after everything around and the data outside have replaced variables in it.
    private Json replaced(EvaluationContext user, Run run, Frame frame) {
        Json replaced = rule;
        for (int scope : Nesting.replacing(outside))
            replaced = new Replacement(compiler, user, run, frame.outwards(scope)).in(replaced);
        return new Replacement(compiler, user, run, frame).in(replaced);
    }

    /// An upper bound of the steps for one item.
    long steps(long size) {
        return uses.areNone() ? Steps.sum(1, compiled.steps(size)) : Steps.UNBOUNDED;
    }

    long width(long size) {
        return uses.areNone() ? compiled.width(size) : Steps.UNBOUNDED;
    }

    /// What an operator goes through.
    ///
    /// @return null where there is nothing to go through
    static @Nullable List<?> items(@Nullable Object subject) {
        if (subject == null) return null;
        if (subject instanceof List<?> list) return list;
        throw new Aborted(Aborted.Reason.NO_ITEMS);
    }

    /// Whether a value holds an object anywhere, and so may be a rule.
    static boolean holdsObject(@Nullable Object value, Run run) {
        if (value instanceof Map) return true;
        if (!(value instanceof List<?> list)) return false;
        Term.steps(run, list.size());
        for (Object item : list) if (holdsObject(item, run)) return true;
        return false;
    }
}
