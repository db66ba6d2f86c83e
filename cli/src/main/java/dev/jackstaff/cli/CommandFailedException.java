package dev.jackstaff.cli;

import java.util.List;

/// The command was understood and cannot be carried out. The message is for the person who ran it.
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> next;

    /// @param message what is wrong, one line
    /// @param next    what can be done about it, a line each
    CommandFailedException(String message, String... next) {
        this(message, List.of(next));
    }

    CommandFailedException(String message, List<String> next) {
        super(message, null, false, false);
        this.next = List.copyOf(next);
    }

    List<String> next() {
        return next;
    }
}
