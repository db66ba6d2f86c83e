package dev.jackstaff.engine.query;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kinds of token in a rules expression, with the words that are one.
enum TokenKind {
    OPEN("("),
    CLOSE(")"),
    PRESENT("pr"),
    DOT("."),
    MINUS("-"),
    LIST_OPEN("["),
    LIST_CLOSE("]"),
    NOT("not NOT"),
    JOINT("and or"),
    BOOL("true false"),
    NULL("null"),
    IN("in IN"),
    EQ("eq EQ =="),
    NE("ne NE !="),
    GT("gt GT >"),
    LT("lt LT <"),
    GE("ge GE >="),
    LE("le LE <="),
    CO("co CO"),
    SW("sw SW"),
    EW("ew EW"),
    NAME(""),
    VERSION(""),
    TEXT(""),
    DECIMAL(""),
    INTEGER(""),
    EXPONENT(""),
    COMMA(""),
    SPACE(""),
    END("");

    static final EnumSet<TokenKind> OPERATORS = EnumSet.range(IN, EW);
    private static final Map<String, TokenKind> BY_WORD = new HashMap<>();

    static {
        for (TokenKind kind : values()) for (String word : kind.words.split(" ", -1)) BY_WORD.put(word, kind);
    }

    /// Separated by spaces; empty where the kind has no fixed words.
    private final String words;

    TokenKind(String words) {
        this.words = words;
    }

    boolean isOperator() {
        return OPERATORS.contains(this);
    }

    /// The kind that `word` is reserved for, or null when it may be a name.
    static @Nullable TokenKind ofWord(String word) {
        return word.isEmpty() ? null : BY_WORD.get(word);
    }
}
