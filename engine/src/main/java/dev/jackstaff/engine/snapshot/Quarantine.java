package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.document.Problem;
import java.util.List;

/// A flag that goes on with its last good version because its newest one is invalid.
///
/// @param problems why; the first is the one GO Feature Flag would report
public record Quarantine(String flagKey, List<Problem> problems) {
    public Quarantine {
        problems = List.copyOf(problems);
    }
}
