package dev.jackstaff.engine.query;

import org.jspecify.annotations.Nullable;

/// What a JsonLogic rule sees as its data: the user's attributes, or, while it goes through a list, the item, around it
/// the data outside. Immutable.
final class Frame {
    /// The user's attributes.
    static final Frame USER = new Frame(null, null, true, 0);

    /// How deep values may be that are evaluated as rules inside each other. A value can lead to itself.
    private static final int MOST_LEVELS = 512;

    /// The item; meaningless where [#seesUser].
    final @Nullable Object data;
    /// Whether the data are the user's attributes.
    final boolean seesUser;

    private final @Nullable Frame outer;
    /// How deep the values are that are being evaluated as rules.
    private final int levels;

    private Frame(@Nullable Object data, @Nullable Frame outer, boolean seesUser, int levels) {
        this.data = data;
        this.outer = outer;
        this.seesUser = seesUser;
        this.levels = levels;
    }

    /// The data for one item of a list.
    Frame of(@Nullable Object item) {
        return new Frame(Values.of(item), this, false, levels);
    }

    /// The same data for a rule that was made of values, and is so many levels deep.
    Frame deeper(int ruleLevels) {
        if (levels + ruleLevels > MOST_LEVELS) throw new Aborted(Aborted.Reason.TOO_DEEP);
        return new Frame(data, outer, seesUser, levels + ruleLevels);
    }

    Frame outwards(int levels) {
        Frame found = this;
        for (int i = 0; i < levels && found.outer != null; i++) found = found.outer;
        return found;
    }
}
