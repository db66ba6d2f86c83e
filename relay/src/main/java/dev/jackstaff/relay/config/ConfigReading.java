package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What comes of reading a configuration: one to start with, or the reasons why there is none.
public sealed interface ConfigReading permits RelayConfig, ConfigReading.Invalid {

    /// Warnings, and errors if it is [Invalid], in the order GO Feature Flag checks.
    List<Problem> problems();

    /// Every file that had a part in it: when one of them changes, it is worth reading again.
    Set<Path> files();

    /// Nothing to start with: at least one problem is an error.
    record Invalid(List<Problem> problems, Set<Path> files) implements ConfigReading {
        public Invalid {
            problems = List.copyOf(problems);
            files = Set.copyOf(files);
        }
    }
}
