package dev.jackstaff.engine.document;

import static java.util.Objects.requireNonNull;

/// A place in a text that a person edits: the name of the source, and a line and column counted from 1.
///
/// `source` is what the person would look for: a file path, a URL without secrets, `-` for standard input.
/// Line and column 0 mean "the source as a whole". Immutable.
public record Location(String source, int line, int column) {
    public Location {
        requireNonNull(source, "source");
        if (line < 0 || column < 0) throw new IllegalArgumentException("negative position: " + line + ":" + column);
    }

    /// The source as a whole, for problems that belong to no line.
    public static Location of(String source) {
        return new Location(source, 0, 0);
    }

    /// `flags.yaml:14:3`, or the source alone where there is no line.
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
