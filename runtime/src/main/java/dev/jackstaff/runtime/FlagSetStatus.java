package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.snapshot.Quarantine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a flag set does, for status pages and readiness checks. Immutable.
///
/// @param name        of the flag set
/// @param revision    counts the snapshots that differed from the one before, since the start; 0 before any flags
/// @param loaded      whether there are flags to serve: every retriever has delivered a usable document since the start, or
///                    those of an earlier run are served meanwhile
/// @param lastRefresh when every retriever last had a usable document, changed or not; null for never
/// @param flags       how many flags are served
/// @param quarantined flags that are served in an older version
/// @param retrievers  in declared order
/// @param problems    everything that is wrong now, warnings included
public record FlagSetStatus(
        String name,
        long revision,
        boolean loaded,
        @Nullable Instant lastRefresh,
        int flags,
        List<Quarantine> quarantined,
        List<RetrieverHealth> retrievers,
        List<Problem> problems) {
    public FlagSetStatus {
        quarantined = List.copyOf(quarantined);
        retrievers = List.copyOf(retrievers);
        problems = List.copyOf(problems);
    }
}
