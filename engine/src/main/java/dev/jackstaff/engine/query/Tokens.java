package dev.jackstaff.engine.query;

import java.util.ArrayList;
import java.util.List;

/// Cuts a rules expression into tokens: always the longest possible.
///
/// Where no token fits, the text from where it was tried up to and including the first character that ruled it out is
/// dropped, as the original's lexer does: `_id` reads as `id`, and `= ` disappears with its space.
final class Tokens {
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Token> dropped = new ArrayList<>();
    private int at;

    private Tokens(String text) {
        this.text = text;
        while (at < text.length()) next();
        tokens.add(new Token(TokenKind.END, text.length(), ""));
    }

    static Tokens of(String text) {
        return new Tokens(text);
    }

    /// What was read, with [TokenKind#END] last.
    List<Token> list() {
        return tokens;
    }

    /// What was dropped, as tokens of no meaning.
    List<Token> dropped() {
        return dropped;
    }

    private void next() {
        char c = text.charAt(at);
        if (isLetter(c)) word();
        else if (isDigit(c) || c == '-') number();
        else if (c == '"') quoted();
        else if (c == ',') take(TokenKind.COMMA, spacesFrom(at + 1));
        else if (c == ' ') take(TokenKind.SPACE, at + 1);
        else
            symbol(c);
    }

    private void word() {
        int end = at + 1;
        while (end < text.length() && isNamePart(text.charAt(end))) end++;
        int exponent = exponentEnd(at);
        if (exponent > end) {
            take(TokenKind.EXPONENT, exponent);
            return;
        }
        TokenKind reserved = TokenKind.ofWord(text.substring(at, end));
        take(reserved == null ? TokenKind.NAME : reserved, end);
    }

    private void number() {
        int sign = text.charAt(at) == '-' ? 1 : 0;
        int whole = integerEnd(at + sign);
        int fraction = whole > at + sign ? fractionEnd(whole) : -1;
        int version = sign == 0 ? SemVer.longestPrefix(text, at) : -1;
        if (version > fraction) take(TokenKind.VERSION, version);
        else if (fraction > 0) take(TokenKind.DECIMAL, fraction);
        else if (sign == 0) take(TokenKind.INTEGER, whole);
        else
            take(TokenKind.MINUS, at + 1);
    }

    /// The end of `.5` or `.5e3`, or -1.
    private int fractionEnd(int dot) {
        int end = digitsEnd(dot + 1);
        if (charAt(dot) != '.' || end == dot + 1) return -1;
        return Math.max(end, exponentEnd(end));
    }

    /// The end of `e5` or `E+5`, or -1.
    private int exponentEnd(int start) {
        if (charAt(start) != 'e' && charAt(start) != 'E') return -1;
        int digits = charAt(start + 1) == '+' || charAt(start + 1) == '-' ? start + 2 : start + 1;
        int end = integerEnd(digits);
        return end > digits ? end : -1;
    }

    /// The end of an integer without leading zeros, or `start` when there is none.
    private int integerEnd(int start) {
        return charAt(start) == '0' ? start + 1 : digitsEnd(start);
    }

    private int digitsEnd(int start) {
        int end = start;
        while (isDigit(charAt(end))) end++;
        return end;
    }

    private void quoted() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            if (text.charAt(end) != '\\') {
                end++;
                continue;
            }
            int after = escapeEnd(end + 1);
            if (after < 0) {
                drop(-after);
                return;
            }
            end = after;
        }
        if (end == text.length()) drop(end);
        else
            take(TokenKind.TEXT, end + 1);
    }

    /// The end of the escape whose backslash stands before `start`; negative, the place that rules it out.
    private int escapeEnd(int start) {
        if (charAt(start) != 'u') return "\"\\/bfnrt".indexOf(charAt(start)) >= 0 ? start + 1 : -start;
        for (int hex = start + 1; hex < start + 5; hex++)
            if (charAt(hex) >= 0x80 || Character.digit(charAt(hex), 16) < 0) return -hex;
        return start + 5;
    }

    private void symbol(char c) {
        if (charAt(at + 1) == '=') {
            TokenKind pair = TokenKind.ofWord(text.substring(at, at + 2));
            if (pair != null) {
                take(pair, at + 2);
                return;
            }
        }
        TokenKind kind = TokenKind.ofWord(String.valueOf(c));
        if (kind != null) take(kind, at + 1);
        else
            drop(c == '=' || c == '!' ? at + 1 : at);
    }

    private void take(TokenKind kind, int end) {
        tokens.add(new Token(kind, at, text.substring(at, end)));
        at = end;
    }

    private void drop(int offending) {
        int end = offending >= text.length()
                ? text.length()
                : offending + Character.charCount(text.codePointAt(offending));
        dropped.add(new Token(TokenKind.END, at, text.substring(at, end)));
        at = end;
    }

    private int spacesFrom(int start) {
        int end = start;
        while (charAt(end) == ' ') end++;
        return end;
    }

    /// A character no token has where the text is over.
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == ':';
    }
}
