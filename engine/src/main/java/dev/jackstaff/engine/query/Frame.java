package dev.jackstaff.engine.query;

import org.jspecify.annotations.Nullable;

/// What a JsonLogic rule sees as its data: the user's attributes, or, while it goes through a list, the item, around it
/// the data outside. Immutable.
final class Frame {
    /// The user's attributes.
    static final Frame USER = new Frame(null, null, true, 0);

    private static final int MOST_REPEATS = 100;

    /// The item; meaningless where [#seesUser].
    final @Nullable Object data;
    /// Whether the data are the user's attributes.
    final boolean seesUser;

    private final @Nullable Frame outer;
    /// How many values that are evaluated as rules lie inside each other.
    private final int repeats;

    private Frame(@Nullable Object data, @Nullable Frame outer, boolean seesUser, int repeats) {
        this.data = data;
        this.outer = outer;
        this.seesUser = seesUser;
        this.repeats = repeats;
    }

    /// The data for one item of a list.
    Frame of(@Nullable Object item) {
        return new Frame(Values.of(item), this, false, repeats);
    }

    /// The same data for a value that is evaluated as a rule. Such a value can lead to itself.
    Frame again() {
        if (repeats == MOST_REPEATS) throw new Aborted(Aborted.Reason.TOO_DEEP);
        return new Frame(data, null, seesUser, repeats + 1);
    }

    Frame outwards(int levels) {
        Frame found = this;
        for (int i = 0; i < levels && found.outer != null; i++) found = found.outer;
        return found;
    }
}
