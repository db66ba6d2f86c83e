package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One evaluation on its way through the queries: how many steps it may still take, and who is watching.
///
/// Most evaluations use [#UNMETERED], which is shared and never written: their step bound, known from the sizes of query
/// and context, lies below the budget already. Only where the bound could exceed it is a run counted. A metered or traced
/// run belongs to one thread.
public final class Run {

    /// For evaluations that cannot exceed the budget; not traced.
    public static final Run UNMETERED = new Run(Long.MAX_VALUE, null);

    private final boolean metered;
    private long fuel;
    private final @Nullable List<Trace.Comparison> comparisons;

    private Run(long fuel, @Nullable List<Trace.Comparison> comparisons) {
        this.metered = fuel != Long.MAX_VALUE;
        this.fuel = fuel;
        this.comparisons = comparisons;
    }

    /// A run that may take `steps` steps.
    public static Run metered(long steps) {
        return new Run(steps, null);
    }

    /// A metered run that notes every comparison.
    public static Run traced(long steps) {
        return new Run(steps, new ArrayList<>());
    }

    /// Takes `steps` steps. False, now and from now on, once there are not so many left: the caller stops.
    public boolean spend(long steps) {
        if (!metered) return true;
        fuel -= steps;
        return fuel >= 0;
    }

    /// Whether the budget is used up: the evaluation has no valid result.
    public boolean exhausted() {
        return fuel < 0;
    }

    public boolean traced() {
        return comparisons != null;
    }

    /// Notes a comparison, in evaluation order. Without effect unless [#traced].
    public void note(Trace.Comparison comparison) {
        if (comparisons != null) comparisons.add(comparison);
    }

    /// What was noted since the last call, which forgets it.
    public List<Trace.Comparison> drain() {
        if (comparisons == null) return List.of();
        List<Trace.Comparison> noted = List.copyOf(comparisons);
        comparisons.clear();
        return noted;
    }
}
