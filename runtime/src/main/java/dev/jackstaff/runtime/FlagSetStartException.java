package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Problem;
import java.util.List;

/// A flag set cannot start: a retriever had no usable document, and nothing allows to start without.
public final class FlagSetStartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    FlagSetStartException(String message, List<Problem> problems) {
        super(message, null, false, false);
        this.problems = List.copyOf(problems);
    }

    /// What is wrong, in the order of the retrievers.
    public List<Problem> problems() {
        return problems;
    }
}
