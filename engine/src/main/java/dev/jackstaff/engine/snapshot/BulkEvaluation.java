package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.Snapshot.FlagConsumer;
import java.time.Instant;

/// An evaluation of many flags, one at a time: made by [Snapshot#bulk]. All see the snapshot and the moment that it began with,
/// however long it takes. Not thread-safe.
public final class BulkEvaluation {
    private final CompiledFlag[] flags;
    private final EvaluationContext context;
    private final Instant now;
    private int done;

    BulkEvaluation(CompiledFlag[] flags, EvaluationContext context, Instant now) {
        this.flags = flags;
        this.context = context;
        this.now = now;
    }

    /// How many flags there are.
    public int size() {
        return flags.length;
    }

    /// Evaluates one more.
    ///
    /// @return false when there was none left, and `consumer` was not called
    public boolean next(FlagConsumer consumer) {
        if (done == flags.length) return false;
        CompiledFlag flag = flags[done++];
        consumer.flag(flag.key(), flag.evaluate(context, now, null).inBulk());
        return true;
    }
}
