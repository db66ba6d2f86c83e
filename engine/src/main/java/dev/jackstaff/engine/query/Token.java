package dev.jackstaff.engine.query;

/// A piece of the prepared text. `text` is what stands there; empty at the end.
record Token(TokenKind kind, int start, String text) {

    int end() {
        return start + text.length();
    }

    boolean is(TokenKind other) {
        return kind == other;
    }
}
