package dev.jackstaff.relay;

import dev.jackstaff.engine.document.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// The relay cannot start. The message is for the person who started it: all that is wrong, a line each.
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message, List<Problem> problems) {
        super(lines(message, problems), null, false, false);
    }

    private static String lines(String message, List<Problem> problems) {
        return problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining("", message, ""));
    }
}
