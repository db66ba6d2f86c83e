package dev.jackstaff.relay.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The requests of one event loop that wait for a worker. Touched by that loop only.
final class Underway {
    private final Set<Handover> handovers = new LinkedHashSet<>();
    private boolean draining;

    void add(Handover handover) {
        handovers.add(handover);
    }

    void remove(Handover handover) {
        handovers.remove(handover);
    }

    /// Whether none may be added any more.
    boolean isDraining() {
        return draining;
    }

    /// The server stops and waits no longer.
    void drain() {
        draining = true;
        List.copyOf(handovers).forEach(Handover::drain);
    }
}
