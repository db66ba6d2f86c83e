package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagFile;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The compiled flags of one flag set at one revision. Immutable: share it between threads without further thought, and
/// swap it for the next one with a single reference.
public final class Snapshot {

    /// Takes the flags of an evaluation of all, in the byte order of their keys.
    @FunctionalInterface
    public interface FlagConsumer {
        void flag(String key, Evaluation evaluation);
    }

    private final CompileOptions options;
    private final FlagTable flags;
    private final List<Quarantine> quarantined;
    private final TimeBoundaries boundaries;

    Snapshot(CompileOptions options, FlagTable flags, List<Quarantine> quarantined) {
        this.options = options;
        this.flags = flags;
        this.quarantined = List.copyOf(quarantined);
        boundaries = TimeBoundaries.of(flags.definitions().values());
    }

    /// No flags: the snapshot before the first one.
    public static Snapshot empty(CompileOptions options) {
        return new Snapshot(options, FlagTable.of(List.of()), List.of());
    }

    /// Compiles a file for a flag set that serves nothing yet.
    public static Compilation compile(FlagFile file, CompileOptions options) {
        return empty(options).next(file);
    }

    /// Compiles the file that follows this snapshot: unchanged flags are taken over as they are, flags that have become
    /// invalid keep their version from here ([CompileOptions#keepLastGood]).
    ///
    /// Cost: a comparison for each unchanged flag, a compilation for the others. Call it from one thread at a time, or
    /// the later result forgets what the earlier one found.
    public Compilation next(FlagFile file) {
        return new SnapshotCompiler(this).compile(file);
    }

    /// The answer for one flag. Never throws; an unknown flag is [Evaluation#FLAG_NOT_FOUND].
    ///
    /// An evaluation whose queries take more steps than [CompileOptions#fuel] allows is an error `GENERAL`, never a guess.
    ///
    /// Cost: one look-up and the rules up to the one that matches; allocates nothing, except where a JsonLogic operator
    /// makes a value, or where rule and context are so large that steps have to be counted.
    ///
    /// @param now the clock, unless [EvaluationContext#currentDateTime] sets another
    public Evaluation evaluate(String flagKey, EvaluationContext context, Instant now) {
        CompiledFlag flag = flags.get(flagKey);
        return flag == null ? Evaluation.FLAG_NOT_FOUND : flag.evaluate(context, now, null);
    }

    /// The answers for all flags, or for those of [EvaluationContext#flagList] that exist, in the form they have in bulk
    /// ([Evaluation#inBulk]).
    public void evaluateAll(EvaluationContext context, Instant now, FlagConsumer consumer) {
        BulkEvaluation all = bulk(context, now);
        while (all.next(consumer)) {}
    }

    /// The same, flag by flag, for those who have something else to do in between.
    public BulkEvaluation bulk(EvaluationContext context, Instant now) {
        Set<String> wanted = context.flagList();
        return new BulkEvaluation(
                wanted == null || wanted.isEmpty() ? flags.inOrder() : flags.inOrder(wanted), context, now);
    }

    /// The same evaluation with all its steps, or null for an unknown flag. Takes the same code path as [#evaluate].
    public @Nullable Trace explain(String flagKey, EvaluationContext context, Instant now) {
        CompiledFlag flag = flags.get(flagKey);
        return flag == null ? null : flag.explain(context, now, options.fuel());
    }

    /// When answers can next change by the passing of time alone: from `now` on and before that instant, the same
    /// question gets the same answer, whatever it is. [Instant#MAX] where nothing depends on time.
    ///
    /// It is never too late, and may be too early: at most once a second while a progressive rollout is under way.
    ///
    /// @param now the clock, as in [#evaluate]
    public Instant sameUntil(Instant now) {
        return boundaries.after(now);
    }

    /// The definitions in force, by key in byte order; quarantined flags with the version that is served. A view.
    public Map<String, FlagDefinition> definitions() {
        return flags.definitions();
    }

    /// The flags that go on with an earlier version because their newest one is invalid, by key in byte order. Flags that
    /// never had a valid version are not here; [Compilation#problems] has them.
    public List<Quarantine> quarantined() {
        return quarantined;
    }

    public CompileOptions options() {
        return options;
    }

    FlagTable flags() {
        return flags;
    }

    @Override
    public String toString() {
        return "Snapshot of " + flags.inOrder().length + " flags" + (quarantined.isEmpty()
                ? ""
                : ", quarantined "
                        + Arrays.toString(quarantined.stream().map(Quarantine::flagKey).toArray()));
    }
}
