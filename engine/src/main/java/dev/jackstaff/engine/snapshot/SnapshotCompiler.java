package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.bucket.Buckets;
import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One step from a snapshot to the next: what is taken over, what is compiled, what is kept although its newest version
/// is invalid, and what is refused. Used once.
final class SnapshotCompiler {
    private final Snapshot previous;
    private final CompileOptions options;
    private final FlagCompiler compiler;
    private final List<Problem> problems = new ArrayList<>();
    private final List<CompiledFlag> flags = new ArrayList<>();
    private final List<Quarantine> quarantined = new ArrayList<>();

    SnapshotCompiler(Snapshot previous) {
        this.previous = previous;
        this.options = previous.options();
        this.compiler = new FlagCompiler(options);
    }

    Compilation compile(FlagFile file) {
        if (file.flags().isEmpty() && options.refuseEmpty() && !previous.flags().isEmpty()) return refusedAsEmpty(file);
        Map<String, List<Problem>> ofFlags = new HashMap<>();
        for (Problem problem : file.problems()) {
            Problem counted = options.strict() ? asError(problem) : problem;
            if (counted.flagKey() == null) problems.add(counted);
            else
                ofFlags.computeIfAbsent(counted.flagKey(), key -> new ArrayList<>()).add(counted);
        }
        if (problems.stream().anyMatch(Problem::isError)) return new Compilation.Refused(problems);
        file.flags().forEach((key, definition) -> flag(definition, ofFlags.getOrDefault(key, List.of())));
        quarantined.sort((a, b) -> Buckets.BYTE_ORDER.compare(a.flagKey(), b.flagKey()));
        return new Compilation.Compiled(new Snapshot(options, FlagTable.of(flags), quarantined), problems);
    }

    /// @param found what reading the file found about the flag
    private void flag(FlagDefinition definition, List<Problem> found) {
        CompiledFlag served = previous.flags().get(definition.key());
        boolean readable = found.stream().noneMatch(Problem::isError);
        problems.addAll(found);
        // A flag with problems is compiled again although it is equal: it may have moved, and its problems with it.
        if (readable && served != null && served.isClean() && served.definition().equals(definition)) {
            flags.add(served);
            return;
        }
        FlagCompiler.Result result = compiler.compile(definition);
        problems.addAll(result.problems());
        if (readable && result.flag() != null) flags.add(result.flag());
        else if (options.keepLastGood() && served != null) quarantine(served, found, result.problems());
    }

    private void quarantine(CompiledFlag served, List<Problem> found, List<Problem> compiled) {
        List<Problem> reasons = new ArrayList<>(compiled);
        reasons.addAll(found);
        flags.add(served);
        quarantined.add(new Quarantine(served.key(), reasons));
    }

    private Compilation refusedAsEmpty(FlagFile file) {
        int served = previous.flags().inOrder().length;
        List<Problem> all = new ArrayList<>(file.problems());
        all.add(new Problem(
                Severity.ERROR,
                null,
                "",
                source(),
                "the file has no flags any more; the " + served + " flags before it stay in force",
                "if all flags are to go, switch off the refusal of empty files"));
        return new Compilation.Refused(all);
    }

    /// An empty file says nothing, not even its name; the flags it had before know where they came from.
    private Location source() {
        return Location.of(previous.flags().inOrder()[0].definition().locations().flag().source());
    }

    private static Problem asError(Problem problem) {
        return new Problem(
                Severity.ERROR,
                problem.flagKey(),
                problem.path(),
                problem.location(),
                problem.message(),
                problem.hint());
    }
}
