package dev.jackstaff.engine.document;

/// Text that has a UTF-8 form.
public final class WellFormed {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /// `text` with every lone surrogate replaced by U+FFFD, as Go reads JSON (`encoding/json`), so that hashing, comparing
    /// and sorting see the same characters. The length in UTF-16 units stays.
    ///
    /// Cost: one pass; the same string where there is nothing to replace.
    public static String text(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!Character.isSurrogate(text.charAt(at))) continue;
            if (isPair(text, at)) at++;
            else
                return replaced(text, at);
        }
        return text;
    }

    private static String replaced(String text, int from) {
        char[] units = text.toCharArray();
        for (int at = from; at < units.length; at++) {
            if (!Character.isSurrogate(units[at])) continue;
            if (isPair(text, at)) at++;
            else
                units[at] = REPLACEMENT;
        }
        return new String(units);
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }
}
