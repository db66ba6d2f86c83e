package dev.jackstaff.relay.http;

import org.jspecify.annotations.Nullable;

/// A slot with the mistake that [Slot] must not have; whatever checks the one has to find the other.
final class LookThenWrite<V> {
    private volatile @Nullable V verdict;

    boolean offer(V offered) {
        if (verdict != null) return false;
        verdict = offered;
        return true;
    }

    boolean isDecided() {
        return verdict != null;
    }
}
