package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.runtime.Events;

/// Records an event of the evaluation that an answer tells.
public record Recording(Events events, Event event) implements Effect {
    public Recording {
        requireNonNull(events, "events");
        requireNonNull(event, "event");
    }

    @Override
    public void run() {
        events.record(event);
    }
}
