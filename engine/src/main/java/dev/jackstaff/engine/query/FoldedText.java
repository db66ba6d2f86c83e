package dev.jackstaff.engine.query;

/// A literal that other texts are compared with regardless of case, in the order of code points, without making a
/// lower-case copy of them.
///
/// Lower case is the simple mapping of one code point at a time, no locale and no final sigma, as Go's `strings.ToLower`
/// (`nikunjy/rules`, `string_operation.go`). That mapping keeps the number of UTF-16 units (a test says so for every code
/// point), so both texts can be walked unit by unit. Immutable.
final class FoldedText {
    private static final int SHORT = 16;

    private final String folded;
    /// For each prefix of the literal the length of its longest proper prefix that is also its suffix (Knuth, Morris and
    /// Pratt), so that searching is linear whatever the literal.
    private final int[] borders;

    FoldedText(String literal) {
        this.folded = fold(literal);
        this.borders = borders(folded);
    }

    private static String fold(String text) {
        char[] units = new char[text.length()];
        for (int at = 0; at < units.length; at++) units[at] = foldedUnit(text, at);
        return new String(units);
    }

    private static int[] borders(String text) {
        int[] borders = new int[text.length() + 1];
        int matched = 0;
        for (int at = 1; at < text.length(); at++) {
            while (matched > 0 && text.charAt(at) != text.charAt(matched)) matched = borders[matched];
            if (text.charAt(at) == text.charAt(matched)) matched++;
            borders[at + 1] = matched;
        }
        return borders;
    }

    // Most texts are in lower case already, and comparing those as they stand is what the JVM does best.

    boolean isEqualTo(String text) {
        return text.length() == folded.length() && (text.equals(folded) || matchesAt(text, 0));
    }

    boolean isPrefixOf(String text) {
        return text.length() >= folded.length() && (text.startsWith(folded) || matchesAt(text, 0));
    }

    boolean isSuffixOf(String text) {
        int start = text.length() - folded.length();
        return start >= 0 && (text.startsWith(folded, start) || matchesAt(text, start));
    }

    boolean isIn(String text) {
        // Linear still: the naive search compares a short literal at most so often at each place.
        if (folded.length() <= SHORT && text.contains(folded)) return true;
        int matched = 0;
        for (int at = 0; matched < folded.length(); at++) {
            if (text.length() - at < folded.length() - matched) return false;
            char unit = foldedUnit(text, at);
            while (matched > 0 && unit != folded.charAt(matched)) matched = borders[matched];
            if (unit == folded.charAt(matched)) matched++;
        }
        return true;
    }

    /// How `text` compares with the literal: negative, zero, positive.
    int compareFrom(String text) {
        int shared = Math.min(text.length(), folded.length());
        for (int at = 0; at < shared; at++) {
            char unit = foldedUnit(text, at);
            if (unit != folded.charAt(at)) return CodePointOrder.compare(unit, folded.charAt(at));
        }
        return text.length() - folded.length();
    }

    private boolean matchesAt(String text, int start) {
        for (int at = 0; at < folded.length(); at++) {
            char wanted = folded.charAt(at);
            // A folded unit folds to itself, so equal ones need no folding.
            if (text.charAt(start + at) != wanted && foldedUnit(text, start + at) != wanted) return false;
        }
        return true;
    }

    private static char foldedUnit(String text, int at) {
        char unit = text.charAt(at);
        if (unit < 0x80) return unit >= 'A' && unit <= 'Z' ? (char) (unit | 0x20) : unit;
        if (!Character.isSurrogate(unit)) return (char) Character.toLowerCase((int) unit);
        return Character.isHighSurrogate(unit)
                ? Character.highSurrogate(Character.toLowerCase(text.codePointAt(at)))
                : Character.lowSurrogate(Character.toLowerCase(text.codePointBefore(at + 1)));
    }
}
