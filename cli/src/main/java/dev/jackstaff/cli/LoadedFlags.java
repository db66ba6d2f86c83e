package dev.jackstaff.cli;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import dev.jackstaff.engine.snapshot.Compilation;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The flags of one or several sources, compiled, and what is wrong with the others. Immutable.
///
/// @param problems of the flags; a flag that has an error is not in the snapshot
record LoadedFlags(Snapshot snapshot, List<Problem> problems) {

    /// Lays the documents over each other: a later one's definition of a flag wins.
    ///
    /// @throws CommandFailedException when a source cannot be read, or its document is none
    static LoadedFlags of(List<FlagSource> sources) throws CommandFailedException {
        List<FlagFile> files = new ArrayList<>();
        for (FlagSource source : sources) files.add(file(source));
        Compilation compilation = Snapshot.compile(FlagFile.merge(files), CompileOptions.DEFAULT);
        return switch (compilation) {
            case Compilation.Compiled(Snapshot snapshot, List<Problem> problems) -> new LoadedFlags(snapshot, problems);
            case Compilation.Refused(List<Problem> problems) -> throw unusable("the flags cannot be used", problems);
        };
    }

    private static FlagFile file(FlagSource source) throws CommandFailedException {
        return switch (read(source)) {
            case FlagFile file -> file;
            case Reading.Unreadable(List<Problem> problems, _) ->
                    throw unusable(source.name() + " is not a valid flag file", problems);
        };
    }

    /// @throws CommandFailedException when there is nothing to read
    static Reading read(FlagSource source) throws CommandFailedException {
        try {
            return FlagFile.read(source.open());
        } catch (IOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()),
                    "is the place right, and may this user read it?");
        }
    }

    private static CommandFailedException unusable(String message, List<Problem> problems) {
        return new CommandFailedException(message, problems.stream().map(Problem::toString).toList());
    }

    /// Tells of flags that are left out, and with `strict` stops at any problem.
    void report(PrintWriter err, boolean strict) throws CommandFailedException {
        if (strict && !problems.isEmpty()) throw unusable("with --strict every problem counts", problems);
        for (Problem problem : problems) err.println(problem);
    }

    /// @throws CommandFailedException when there is no such flag, with GO Feature Flag's message
    Trace explain(String flagKey, EvaluationContext context, Instant now) throws CommandFailedException {
        Trace trace = snapshot.explain(flagKey, context, now);
        if (trace == null) throw unknown(flagKey);
        return trace;
    }

    CommandFailedException unknown(String flagKey) {
        boolean isInvalid =
                problems.stream().anyMatch(problem -> problem.isError() && flagKey.equals(problem.flagKey()));
        if (isInvalid) {
            return unusable("flag " + flagKey + " is not present or disabled",
                    problems.stream().filter(problem -> flagKey.equals(problem.flagKey())).toList());
        }
        List<String> known = List.copyOf(snapshot.definitions().keySet());
        String some = String.join(", ", known.subList(0, Math.min(known.size(), 10)));
        return new CommandFailedException("flag " + flagKey + " is not present or disabled", known.isEmpty()
                ? "there are no flags"
                : "there are: " + some + (known.size() > 10 ? ", and " + (known.size() - 10) + " more" : ""));
    }
}
