package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything a flag set is at one moment. Immutable.
///
/// @param revision     counts the snapshots that differ from the one before
/// @param snapshot     what is served
/// @param sources      the retrievers, in declared order
/// @param flagProblems what the compiler said of the files in force
/// @param isKept       whether the snapshot is that of an earlier run, since some retriever has had no document yet
/// @param lastRefresh  when every retriever last had a usable document; null for never
record State(
        long revision,
        Snapshot snapshot,
        List<SourceState> sources,
        List<Problem> flagProblems,
        boolean isKept,
        @Nullable Instant lastRefresh) {

    State {
        sources = List.copyOf(sources);
        flagProblems = List.copyOf(flagProblems);
    }

    /// The files in force, the later ones over the earlier ones.
    List<FlagFile> layers() {
        return sources.stream().map(SourceState::file).filter(Objects::nonNull).toList();
    }

    /// Whether there are flags to serve.
    boolean isLoaded() {
        return isKept || hasSources();
    }

    /// Whether every retriever has delivered a usable document since the start.
    boolean hasSources() {
        return sources.stream().allMatch(SourceState::isLoaded);
    }

    boolean isGood() {
        return sources.stream().allMatch(SourceState::isGood);
    }

    /// Problems of sources first, then of flags.
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        sources.forEach(source -> problems.addAll(source.problems()));
        problems.addAll(flagProblems);
        return problems;
    }
}
