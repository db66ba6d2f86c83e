package dev.jackstaff.engine.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How the characters of a scalar lie in the file it was read from: which column the text begins at, where it goes on to
/// the next line, where an escape sequence took more room than the character it stands for.
///
/// It turns an offset in the text into a line and column, so that a finding in a query is shown at the character it is
/// about. A layout is a list of runs: from an offset on, text and file go forward together until the next run. Positions
/// are relative to where the scalar begins. Offsets and columns count UTF-16 units. Immutable.
public final class TextLayout {
    private static final int RUN = 3;

    /// The text stands in the file as it is and begins where the scalar begins.
    public static final TextLayout PLAIN = new TextLayout(new int[]{0, 0, 0});

    /// As [#PLAIN], behind an opening quote.
    public static final TextLayout QUOTED = new TextLayout(new int[]{0, 0, 1});

    /// Per run: offset in the text, lines below the scalar's first, and column: relative to the scalar's on its first
    /// line, counted from 1 on the lines below.
    private final int[] runs;

    private TextLayout(int[] runs) {
        this.runs = runs;
    }

    /// Where the character at `offset` is, for a scalar that begins at `start`. An offset past the end of the text is the
    /// place that far behind the last run. Cost: O(runs).
    public Location at(Location start, int offset) {
        int run = 0;
        while (run + RUN < runs.length && runs[run + RUN] <= offset) run += RUN;
        int column = runs[run + 2] + offset - runs[run];
        if (runs[run + 1] == 0) return new Location(start.source(), start.line(), start.column() + column);
        return new Location(start.source(), start.line() + runs[run + 1], column);
    }

    /// The runs as numbers, to be kept compactly: offset, lines below, column, for each run.
    public int[] runs() {
        return runs.clone();
    }

    /// The layout with these [#runs].
    public static TextLayout ofRuns(int[] runs) {
        if (runs.length < RUN || runs.length % RUN != 0 || runs[0] != 0)
            throw new IllegalArgumentException("not a list of runs that begins at offset 0: " + Arrays.toString(runs));
        return new TextLayout(runs.clone());
    }

    /// Builds a layout character by character: says for offsets where they are, and keeps only what does not follow from
    /// the one before. Not thread-safe.
    public static final class Builder {
        private int[] runs = new int[4 * RUN];
        private int size;

        /// Nothing said yet.
        public Builder() {}

        /// The character at `offset` is `linesBelow` lines below the scalar's first line, in `column`: relative to the
        /// scalar's column when `linesBelow` is 0, else counted from 1. Offsets must not go back.
        public Builder at(int offset, int linesBelow, int column) {
            if (size > 0 && runs[size - 2] == linesBelow && runs[size - 1] - runs[size - RUN] == column - offset)
                return this;
            if (size > 0 && runs[size - RUN] == offset) size -= RUN;
            if (size == runs.length) runs = Arrays.copyOf(runs, 2 * size);
            runs[size++] = offset;
            runs[size++] = linesBelow;
            runs[size++] = column;
            return this;
        }

        /// The layout; [#PLAIN] when nothing was said.
        public TextLayout build() {
            return size == 0 ? PLAIN : ofRuns(Arrays.copyOf(runs, size));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextLayout layout && Arrays.equals(runs, layout.runs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(runs);
    }

    @Override
    public String toString() {
        return Arrays.toString(runs);
    }
}
