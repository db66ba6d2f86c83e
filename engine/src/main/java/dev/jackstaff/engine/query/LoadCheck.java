package dev.jackstaff.engine.query;

import org.jspecify.annotations.Nullable;

/// The original's check of a query at load: it evaluates it once on a context without attributes and refuses it on any
/// error (`modules/core/flag/rule_validation.go`). What short-circuiting skips there is not seen.
final class LoadCheck {
    static final String NO_QUERY = "Invalid rule";
    static final String UNDEFINED = "Invalid operation on the type";
    /// How Go names the error when its evaluator comes upon a part that is missing.
    static final String CRASH = "\"runtime error: invalid memory address or nil pointer dereference\"";

    private @Nullable String error;
    private int offset;
    private @Nullable String hint;

    /// Notes a fault after which the original goes on evaluating; a later one replaces it.
    int fail(int offset, String error, @Nullable String hint) {
        this.offset = offset;
        this.error = error;
        this.hint = hint;
        return Condition.NO;
    }

    /// Notes a fault that ends the check.
    int crash(int offset, @Nullable String hint) {
        fail(offset, CRASH, hint);
        return Condition.ABORT;
    }

    boolean hasFailed() {
        return error != null;
    }

    /// The error as the original words it, or null for a query that passes.
    @Nullable
    String error() {
        return error == null ? null : "invalid query: " + error;
    }

    int offset() {
        return offset;
    }

    @Nullable
    String hint() {
        return hint;
    }
}
