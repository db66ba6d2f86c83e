package dev.jackstaff.engine.query;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/// Which tokens may follow a part of a query, and who asked for that part: what repairing a malformed query goes by.
///
/// @param next  tokens that may follow directly
/// @param open  whether what the part belongs to may end after it, so that `outer` counts as well
/// @param outer what may follow the whole that this is a part of; null for the query itself
record Expected(EnumSet<TokenKind> next, boolean open, @Nullable Expected outer) {

    static final EnumSet<TokenKind> PRIMARY =
            EnumSet.of(TokenKind.NOT, TokenKind.SPACE, TokenKind.OPEN, TokenKind.NAME);
    static final EnumSet<TokenKind> GROUP = EnumSet.of(TokenKind.NOT, TokenKind.SPACE, TokenKind.OPEN);
    static final EnumSet<TokenKind> GROUP_AFTER_NOT = EnumSet.of(TokenKind.SPACE, TokenKind.OPEN);
    static final EnumSet<TokenKind> GROUP_END = EnumSet.of(TokenKind.SPACE, TokenKind.CLOSE);
    static final EnumSet<TokenKind> VALUE = EnumSet.of(
            TokenKind.BOOL,
            TokenKind.NULL,
            TokenKind.VERSION,
            TokenKind.TEXT,
            TokenKind.DECIMAL,
            TokenKind.MINUS,
            TokenKind.INTEGER,
            TokenKind.LIST_OPEN);

    static @Nullable Expected atEnd() {
        return null;
    }

    static Expected inGroup(@Nullable Expected outer) {
        return new Expected(GROUP_END, false, outer);
    }

    /// After a comparison's value or an operand of `and`/`or`: another `and`/`or`, or whatever follows the whole.
    static Expected inQuery(@Nullable Expected outer) {
        return new Expected(EnumSet.of(TokenKind.SPACE), true, outer);
    }

    /// Whether `kind` may come next.
    static boolean allows(@Nullable Expected expected, TokenKind kind) {
        for (Expected at = expected; at != null; at = at.outer) {
            if (at.next.contains(kind)) return true;
            if (!at.open) return false;
        }
        return kind == TokenKind.END;
    }

    /// Where skipping may stop: at a token that anything around can go on with.
    static boolean anywhereAllows(@Nullable Expected expected, TokenKind kind) {
        for (Expected at = expected; at != null; at = at.outer) if (at.next.contains(kind)) return true;
        return false;
    }
}
