package dev.jackstaff.engine.query;

/// How two values of one kind are to compare.
enum Relation {
    EQ,
    NE,
    GT,
    LT,
    GE,
    LE;

    /// The relation `operator` asks for. Only for the six operators that are one.
    static Relation of(TokenKind operator) {
        return valueOf(operator.name());
    }

    static boolean isOne(TokenKind operator) {
        return operator.compareTo(TokenKind.EQ) >= 0 && operator.compareTo(TokenKind.LE) <= 0;
    }

    /// @param order negative, zero or positive, as a comparator says it
    boolean holds(int order) {
        return switch (this) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> order > 0;
            case LT -> order < 0;
            case GE -> order >= 0;
            case LE -> order <= 0;
        };
    }

    /// Nothing but [#NE] holds for NaN.
    boolean holds(double left, double right) {
        return switch (this) {
            case EQ -> left == right;
            case NE -> left != right;
            case GT -> left > right;
            case LT -> left < right;
            case GE -> left >= right;
            case LE -> left <= right;
        };
    }
}
