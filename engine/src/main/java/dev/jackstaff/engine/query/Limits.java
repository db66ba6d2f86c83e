package dev.jackstaff.engine.query;

import java.util.Locale;

/// What a query may be at most. Beyond any query a person writes; below what could exhaust a stack or a heap.
final class Limits {
    /// UTF-16 units of the text.
    static final int TEXT = 1 << 20;

    /// Parentheses, brackets and braces inside each other.
    static final int NESTING = 256;

    /// Comparisons of a rules expression, operators of a JsonLogic rule.
    static final int CONDITIONS = 10_000;

    /// Items of one list.
    static final int LIST_ITEMS = 100_000;

    /// Names of one attribute path.
    static final int PATH_SEGMENTS = 128;

    private Limits() {}

    /// The message for a query that is more than `limit`, such as `query nests deeper than 256 levels`.
    static String message(String what, int limit, String unit) {
        return "query " + what + " " + String.format(Locale.ROOT, "%,d", limit) + " " + unit;
    }
}
