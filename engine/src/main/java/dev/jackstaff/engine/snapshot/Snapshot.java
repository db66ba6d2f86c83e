package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private Snapshot(CompileOptions options) {
        this.options = options;
    }

    /// No flags: the snapshot before the first one.
    public static Snapshot empty(CompileOptions options) {
        return new Snapshot(options);
    }

    /// Compiles a file for a flag set that serves nothing yet.
    public static Compilation compile(FlagFile file, CompileOptions options) {
        return empty(options).next(file);
    }

    /// Compiles the file that follows this snapshot: unchanged flags are taken over as they are, flags that have become
    /// invalid keep their version from here ([CompileOptions#keepLastGood]).
    public Compilation next(FlagFile file) {
        throw new AssertionError(file);
    }

    /// The answer for one flag. Never throws; an unknown flag is [Evaluation#FLAG_NOT_FOUND].
    ///
    /// Cost: one look-up and the rules up to the one that matches; allocates nothing.
    public Evaluation evaluate(String flagKey, EvaluationContext context, Instant now) {
        throw new AssertionError(flagKey + context + now);
    }

    /// The answers for all flags, or for those of [EvaluationContext#flagList] that exist, in the form bulk answers have:
    /// disabled and failed flags carry no variation name, values of unusual kinds are type mismatches
    /// (`internal/flagstate` of GO Feature Flag).
    public void evaluateAll(EvaluationContext context, Instant now, FlagConsumer consumer) {
        throw new AssertionError(context.toString() + now + consumer);
    }

    /// The same evaluation with all its steps, or null for an unknown flag. Takes the same code path as [#evaluate].
    public @Nullable Trace explain(String flagKey, EvaluationContext context, Instant now) {
        throw new AssertionError(flagKey + context + now);
    }

    /// The definitions in force, by key in byte order; quarantined flags with the version that is served.
    public Map<String, FlagDefinition> definitions() {
        throw new AssertionError();
    }

    /// The flags whose newest version is not served, with the problems that keep it out, by key in byte order.
    public List<Quarantine> quarantined() {
        throw new AssertionError();
    }

    public CompileOptions options() {
        return options;
    }
}
