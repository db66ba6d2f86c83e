package dev.jackstaff.engine.event;

import dev.jackstaff.engine.evaluation.EvaluationContext;

/// Whose answer an event is about.
public enum ContextKind {
    USER("user"),
    ANONYMOUS_USER("anonymousUser");

    private final String wireName;

    ContextKind(String wireName) {
        this.wireName = wireName;
    }

    /// The kind of the user a context describes.
    public static ContextKind of(EvaluationContext context) {
        return context.anonymous() ? ANONYMOUS_USER : USER;
    }

    /// The name in exports: `user` or `anonymousUser`.
    public String wireName() {
        return wireName;
    }
}
