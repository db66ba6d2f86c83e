package dev.jackstaff.relay.http;

import org.jspecify.annotations.Nullable;

/// An answer that is being worked out. It belongs to its request alone, and to the event loop of that.
@FunctionalInterface
public interface Slices {

    /// How long one slice may be.
    @FunctionalInterface
    interface Slice {
        /// Whether the others have waited long enough. Costs a look at the clock.
        boolean isOver();
    }

    /// An answer that needs no more work.
    static Slices of(Response answer) {
        return _ -> answer;
    }

    /// Works until it has the answer, or the slice is over.
    ///
    /// @return null when there is more to do
    @Nullable
    Response next(Slice slice);
}
