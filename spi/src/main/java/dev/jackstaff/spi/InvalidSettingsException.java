package dev.jackstaff.spi;

import java.util.List;

/// The settings of an integration do not make sense. Carries every problem; the first one is the message.
public final class InvalidSettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /// @param problems at least one
    public InvalidSettingsException(List<String> problems) {
        super(problems.get(0), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
