package dev.jackstaff.spi;

import dev.jackstaff.engine.event.Event;
import java.util.List;

/// What has become of a batch that an [Exporter] was given. Immutable.
///
/// @param again   events that were not delivered and will be handed in again, in their order
/// @param refused how many events will never be taken, such as one that has no form there; they are dropped and counted
/// @param reason  why, when there are any of either kind; without secrets and without anything of an event
public record Delivery(List<Event> again, int refused, String reason) {

    /// Everything was delivered.
    public static final Delivery COMPLETE = new Delivery(List.of(), 0, "");

    public Delivery {
        again = List.copyOf(again);
        if (refused < 0) throw new IllegalArgumentException("refused < 0: " + refused);
    }

    /// Everything was delivered but for events that will never be.
    public static Delivery refusing(int refused, String reason) {
        return refused == 0 ? COMPLETE : new Delivery(List.of(), refused, reason);
    }
}
