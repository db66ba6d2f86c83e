package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one retriever does. Immutable.
///
/// @param source       its name, without secrets
/// @param good         whether its current document is in force
/// @param lastGood     when the document in force was last known to be current; null for never
/// @param failingSince when the present trouble began; null without trouble
/// @param failures     attempts since then that ended in trouble
/// @param lateResults  calls that came back when nobody waited any longer, since the start
/// @param problems     what the trouble is
public record RetrieverHealth(
        String source,
        boolean good,
        @Nullable Instant lastGood,
        @Nullable Instant failingSince,
        int failures,
        long lateResults,
        List<Problem> problems) {
    public RetrieverHealth {
        problems = List.copyOf(problems);
    }
}
