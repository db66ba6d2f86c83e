package dev.jackstaff.relay.http;

/// How the JSON of one answer is laid out: a caller asks for indentation with the query parameter `pretty`, log level
/// debug indents everything and adds an `error` member to error bodies.
public enum Style {
    COMPACT(false),
    PRETTY(true),
    DEBUG(true);

    private final boolean pretty;

    Style(boolean pretty) {
        this.pretty = pretty;
    }

    public boolean pretty() {
        return pretty;
    }
}
