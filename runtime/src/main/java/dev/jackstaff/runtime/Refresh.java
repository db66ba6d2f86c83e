package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Problem;
import java.util.List;

/// What a refresh came to. Immutable.
///
/// @param successful whether every retriever had a usable document. A flag that is invalid does not count: the others of
///                   its file are served
/// @param changed    whether other flags are served than before
/// @param revision   of the snapshot that is served now
/// @param problems   everything that is wrong now, warnings included: sources in declared order, then flags
public record Refresh(boolean successful, boolean changed, long revision, List<Problem> problems) {
    public Refresh {
        problems = List.copyOf(problems);
    }
}
