package dev.jackstaff.engine.query;

import java.util.Arrays;

/// A query as it is read: lines stripped of leading spaces and joined with nothing between (`StrTrim` of GO Feature
/// Flag). A line break therefore glues two words together unless a space ends the line.
///
/// Knows for each of its characters where it stands in the text as written.
final class PreparedText {
    final String text;
    private final int[] starts;
    private final int[] origins;

    private PreparedText(String text, int[] starts, int[] origins) {
        this.text = text;
        this.starts = starts;
        this.origins = origins;
    }

    static PreparedText of(String written) {
        String[] lines = written.split("\n", -1);
        int[] starts = new int[lines.length];
        int[] origins = new int[lines.length];
        StringBuilder text = new StringBuilder(written.length());
        int origin = 0;
        for (int line = 0; line < lines.length; line++) {
            int indent = indent(lines[line]);
            starts[line] = text.length();
            origins[line] = origin + indent;
            text.append(lines[line], indent, lines[line].length());
            origin += lines[line].length() + 1;
        }
        return new PreparedText(text.toString(), starts, origins);
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') indent++;
        return indent;
    }

    /// Where the character at `offset` stands in the text as written.
    int origin(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        // Several empty lines start at the same offset; the character belongs to the last of them.
        while (line + 1 < starts.length && starts[line + 1] == offset) line++;
        return origins[line] + offset - starts[line];
    }

    /// The first place where two lines meet with no space between them, or -1.
    int firstGlue() {
        for (int start : starts) {
            boolean inside = start > 0 && start < text.length();
            if (inside && text.charAt(start - 1) != ' ') return start;
        }
        return -1;
    }
}
