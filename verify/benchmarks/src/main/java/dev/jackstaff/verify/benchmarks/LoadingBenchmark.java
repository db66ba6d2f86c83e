package dev.jackstaff.verify.benchmarks;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A large flag file on its way to a snapshot.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class LoadingBenchmark {
    @Param("YAML")
    public Syntax syntax;

    @Param("10000")
    public int flags;

    private FlagText text;

    @Setup
    public void generate() {
        text = GeneratedFlags.text(syntax, flags);
    }

    /// Text to snapshot, as at the start.
    @Benchmark
    public Snapshot load() {
        return text.compile();
    }

    /// The second half of it, and what is left of that half when one flag has changed.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class Edit {
        private FlagFile before;
        private FlagFile after;
        private Snapshot snapshot;

        @Setup
        public void read(LoadingBenchmark loading) {
            before = GeneratedFlags.text(loading.syntax, loading.flags).read();
            after = GeneratedFlags.textWithOneEdited(loading.syntax, loading.flags, 42).read();
            snapshot = FlagText.compiled(Snapshot.compile(before, CompileOptions.DEFAULT));
        }
    }

    @Benchmark
    public Snapshot compileAll(Edit edit) {
        return FlagText.compiled(Snapshot.compile(edit.before, CompileOptions.DEFAULT));
    }

    @Benchmark
    public Snapshot compileOneEdited(Edit edit) {
        return FlagText.compiled(edit.snapshot.next(edit.after));
    }
}
