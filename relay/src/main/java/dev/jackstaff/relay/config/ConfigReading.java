package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Problem;
import java.util.List;

/// What comes of reading a configuration: one to start with, or the reasons why there is none.
public sealed interface ConfigReading permits RelayConfig, ConfigReading.Invalid {

    /// Warnings, and errors if it is [Invalid], in the order GO Feature Flag checks.
    List<Problem> problems();

    /// Nothing to start with: at least one problem is an error.
    record Invalid(List<Problem> problems) implements ConfigReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
