package dev.jackstaff.engine.query;

import java.util.Locale;
import java.util.Map;

/// Words people write for operators that are called otherwise here.
final class Words {
    private static final String OPERATORS = "operators are eq, ne, gt, lt, ge, le, co, sw, ew, in and pr";
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("equals", "eq"),
            Map.entry("equal", "eq"),
            Map.entry("is", "eq"),
            Map.entry("neq", "ne"),
            Map.entry("not_equals", "ne"),
            Map.entry("gte", "ge"),
            Map.entry("lte", "le"),
            Map.entry("contains", "co"),
            Map.entry("contain", "co"),
            Map.entry("includes", "co"),
            Map.entry("like", "co"),
            Map.entry("startswith", "sw"),
            Map.entry("starts_with", "sw"),
            Map.entry("endswith", "ew"),
            Map.entry("ends_with", "ew"),
            Map.entry("present", "pr"),
            Map.entry("exists", "pr"));

    private Words() {}

    /// What to write instead of `word` where an operator is expected.
    static String unknownOperator(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        TokenKind kind = TokenKind.ofWord(lower);
        boolean operator = kind != null && (kind.isOperator() || kind == TokenKind.PRESENT);
        String meant = operator ? lower : MEANT.get(lower);
        String what = Findings.quoted(word) + " is no operator";
        return meant == null ? what + "; " + OPERATORS : what + "; did you mean " + Findings.quoted(meant) + "?";
    }

    /// What to write instead of text that the query ends before.
    static String ignored(String rest) {
        String text = rest.strip();
        String word = text.split("[^A-Za-z&|]", 2)[0];
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("and") || word.startsWith("&"))
            return "join conditions with lower-case and, one space on each side";
        if (lower.equals("or") || word.startsWith("|"))
            return "join conditions with lower-case or, one space on each side";
        return "join conditions with and or or, one space on each side; remove the rest";
    }

    /// What to write instead of text that is no token.
    static String dropped(String text) {
        return switch (text.charAt(0)) {
            case '&' -> "write and";
            case '|' -> "write or";
            case '!' -> "write not (...)";
            case '=' -> "write eq or ==";
            case '\'' -> "strings stand in double quotes";
            case '"' ->
                    "close the string with a double quote; a backslash stands before \" \\ / b f n r t or uXXXX only";
            default -> "names begin with a letter and have letters, digits, -, _ and :";
        };
    }
}
