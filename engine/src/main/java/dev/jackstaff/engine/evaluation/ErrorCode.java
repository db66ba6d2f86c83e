package dev.jackstaff.engine.evaluation;

/// What went wrong in an evaluation. The names are those on the wire.
public enum ErrorCode {
    PROVIDER_NOT_READY,
    FLAG_NOT_FOUND,
    PARSE_ERROR,
    TYPE_MISMATCH,
    GENERAL,
    INVALID_CONTEXT,
    TARGETING_KEY_MISSING,
    FLAG_CONFIG
}
