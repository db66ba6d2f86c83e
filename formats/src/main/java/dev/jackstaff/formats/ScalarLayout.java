package dev.jackstaff.formats;

import dev.jackstaff.engine.document.TextLayout;

/// Finds out how a scalar that is not simply written down (quoted with escapes, over several lines, a block) lies in the
/// text: walks what was written and what it stands for side by side.
///
/// White space is where the two differ (lines are folded, indentation goes away), so it is skipped on both sides; every
/// other character of the text is written somewhere, by itself or as an escape sequence.
final class ScalarLayout {

    /// How a scalar is written.
    enum Style {
        /// A plain YAML scalar over several lines.
        BARE,
        /// After a line with `|` or `>`.
        BLOCK,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        /// TOML's `"""` and `'''`.
        TRIPLE_QUOTED,
        TRIPLE_LITERAL
    }

    private final byte[] written;
    private final Style style;
    private final String text;
    private final TextLayout.Builder layout = new TextLayout.Builder();
    private int at;
    private int lines;
    /// Relative to the scalar's column on its first line, from 1 below.
    private int column;
    private int offset;
    private boolean begun;
    private boolean indentation;

    private ScalarLayout(byte[] written, int start, Style style, String text) {
        this.written = written;
        this.at = start;
        this.style = style;
        this.text = text;
    }

    /// The layout of `text`, which is written from byte `start` on: its first quote or block indicator.
    static TextLayout of(byte[] written, int start, Style style, String text) {
        return new ScalarLayout(written, start, style, text).find();
    }

    private TextLayout find() {
        switch (style) {
            case BARE -> {}
            case BLOCK -> {
                while (at < written.length && written[at] != '\n') step();
            }
            case SINGLE_QUOTED, DOUBLE_QUOTED -> step();
            case TRIPLE_QUOTED, TRIPLE_LITERAL -> {
                for (int quote = 0; quote < 3; quote++) step();
            }
        }
        while (at < written.length && offset < text.length()) {
            byte next = written[at];
            if (isSpace(next)) space(next);
            else if (next == '\\' && (style == Style.DOUBLE_QUOTED || style == Style.TRIPLE_QUOTED)) escape();
            else character(next == '\'' && style == Style.SINGLE_QUOTED ? 2 : 1);
        }
        return layout.build();
    }

    /// White space within a line mostly stands for itself, at the ends of a line for nothing.
    private void space(byte written) {
        if (!indentation && text.charAt(offset) == written && written != '\n' && written != '\r') {
            say();
            offset++;
        }
        step();
    }

    /// One character of the text that is written as itself, or as two quotes.
    private void character(int length) {
        indentation = false;
        while (offset < text.length() && isSpace(text.charAt(offset))) offset++;
        if (offset == text.length()) return;
        say();
        offset += (written[at] & 0xF8) == 0xF0 ? 2 : 1;
        for (int i = 0; i < length; i++) step();
    }

    private void escape() {
        int kind = at + 1 < written.length ? written[at + 1] : 0;
        if (kind == '\n' || kind == '\r') {
            step(); // the line break that follows stands for nothing
            return;
        }
        indentation = false;
        int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        int value = digits == 0 ? simple(kind) : hex(at + 2, digits);
        while (offset < text.length() && isSpace(text.charAt(offset)) && text.charAt(offset) != value) offset++;
        if (offset == text.length()) return;
        say();
        offset += value > Character.MAX_VALUE ? 2 : 1;
        for (int i = 0; i < 2 + digits; i++) step();
    }

    private static int simple(int kind) {
        return switch (kind) {
            case 'n' -> '\n';
            case 't', '\t' -> '\t';
            case 'r' -> '\r';
            default -> kind;
        };
    }

    private int hex(int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits && i < written.length; i++)
            value = (value << 4) | Math.max(0, Character.digit(written[i], 16));
        return value;
    }

    /// The character at `offset` is here. What the text begins with is where it would be if it were written before the
    /// first character that is.
    private void say() {
        if (!begun) layout.at(0, lines, lines == 0 ? column - offset : Math.max(1, column - offset));
        begun = true;
        layout.at(offset, lines, column);
    }

    /// Over one written character.
    private void step() {
        if (at >= written.length) return;
        byte first = written[at++];
        column++;
        if (first == '\n') {
            lines++;
            column = 1;
            indentation = true;
        } else if (first < 0) {
            if ((first & 0xF8) == 0xF0) column++;
            while (at < written.length && (written[at] & 0xC0) == 0x80) at++;
        }
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
