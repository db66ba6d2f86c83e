package dev.jackstaff.relay.http;

import dev.jackstaff.relay.publication.Publication;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.FlagSetStatus;
import org.jspecify.annotations.Nullable;

/// One flag set as a handler sees it: to read, not to steer. Thread-safe.
public interface ServedFlagSet {

    /// Unique among the flag sets served at one time, and the same after a reload.
    String name();

    /// Whether there is something to serve: false until flags have been loaded for the first time, unless the configuration
    /// allows to start without.
    boolean isReady();

    /// Whether somebody wants to know what each answer about one flag came from.
    default boolean isWatched() {
        return false;
    }

    /// What is in force now, with the answers that are the same for everybody.
    Publication publication();

    /// Where its events go.
    Events events();

    /// What changes of its flags are told on.
    Topic changes();

    /// Where clients of OFREP hear that they should ask again (OFREP's ADR 8); null where they are not told.
    default @Nullable Refetches refetches() {
        return null;
    }

    /// How it does. Costs a walk over its retrievers; not for every request.
    FlagSetStatus status();
}
