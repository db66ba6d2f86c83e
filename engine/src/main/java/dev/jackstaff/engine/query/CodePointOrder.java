package dev.jackstaff.engine.query;

/// The order of UTF-8 bytes, which is that of code points: Go compares strings so, Java's own order differs where
/// surrogates meet U+E000 and above.
final class CodePointOrder {
    private CodePointOrder() {}

    static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int at = 0; at < shared; at++)
            if (a.charAt(at) != b.charAt(at)) return compare(a.charAt(at), b.charAt(at));
        return a.length() - b.length();
    }

    /// Compares the first UTF-16 units in which two well-formed texts differ.
    static int compare(char a, char b) {
        return Character.isSurrogate(a) == Character.isSurrogate(b) ? a - b : surrogatesLast(a) - surrogatesLast(b);
    }

    private static int surrogatesLast(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
