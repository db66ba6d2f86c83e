package dev.jackstaff.engine.evaluation;

/// Why an evaluation has its value. The names are those on the wire.
public enum Reason {
    TARGETING_MATCH,
    TARGETING_MATCH_SPLIT,
    SPLIT,
    DISABLED,
    DEFAULT,
    STATIC,
    ERROR,
    OFFLINE
}
