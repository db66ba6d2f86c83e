package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.document.Problem;
import java.util.List;

/// What comes of compiling a flag file: a snapshot to serve from now on, or the reasons to stay with the last one.
public sealed interface Compilation {

    /// Every problem of the file and its flags, warnings included, in file order.
    List<Problem> problems();

    /// A snapshot to serve. Flags with an error are quarantined in it or left out.
    record Compiled(Snapshot snapshot, List<Problem> problems) implements Compilation {
        public Compiled {
            problems = List.copyOf(problems);
        }
    }

    /// Nothing to serve: the file as a whole is refused (no flags at all where there were some).
    record Refused(List<Problem> problems) implements Compilation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
