package dev.jackstaff.engine.evaluation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types a caller can ask for. Acceptance goes by the kind a value has in the flag file, not by what it could be
/// converted to (`modules/core/evaluation/evaluation.go`): an integer is no double, a whole double is an integer.
public enum ValueType {
    BOOLEAN,
    STRING,
    /// Accepts integers, and doubles, whose fraction is cut off.
    INTEGER,
    /// Accepts doubles only.
    DOUBLE,
    LIST,
    OBJECT,
    /// Accepts everything.
    ANY;

    /// Whether a caller who asks for this type gets `value`. Null is accepted by every type and read as its zero.
    public boolean accepts(@Nullable Object value) {
        if (value == null) return true;
        return switch (this) {
            case BOOLEAN -> value instanceof Boolean;
            case STRING -> value instanceof String;
            case INTEGER -> value instanceof Long || value instanceof Double;
            case DOUBLE -> value instanceof Double;
            case LIST -> value instanceof List;
            case OBJECT -> value instanceof Map;
            case ANY -> true;
        };
    }
}
