package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Bytes of bodies that a listener holds: those of requests that are being read, wait for their handler or are with it. What has
/// been taken is given back once, whatever becomes of the request.
///
/// Large bodies may take three quarters of it. The rest is left for small ones, so that those who have much to tell do not
/// keep others from asking.
///
/// Cost: one compare-and-set for each piece of a body, and one at its end. Thread-safe, without a lock.
class BodyBudget {
    private static final int PART_OF_THE_SMALL = 4;

    private final long most, mostWithLarge;
    private final AtomicLong held = new AtomicLong();
    private final Map<RequestClass, LongAdder> refused = new EnumMap<>(RequestClass.class);

    /// @param most bytes
    BodyBudget(long most) {
        if (most <= 0) throw new IllegalArgumentException(most + " bytes");
        this.most = most;
        mostWithLarge = most - most / PART_OF_THE_SMALL;
        for (RequestClass kind : RequestClass.values()) refused.put(kind, new LongAdder());
    }

    /// Takes bytes, to be given back with [#giveBack].
    ///
    /// @param isLarge whether they are of a large body
    /// @return whether they are to be had; if not, nothing is taken
    final boolean take(long bytes, boolean isLarge) {
        long limit = isLarge ? mostWithLarge : most;
        for (long now = held.get(); bytes <= limit - now; now = held.get())
            if (held.compareAndSet(now, now + bytes)) return true;
        return false;
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /// Counts a request that was refused because there was too little left.
    final void refused(RequestClass kind) {
        requireNonNull(refused.get(kind)).increment();
    }

    final BodyCounts counts() {
        Map<RequestClass, Long> sums = new EnumMap<>(RequestClass.class);
        refused.forEach((kind, count) -> sums.put(kind, count.sum()));
        long now = held.get();
        return new BodyCounts(now, most - now, sums);
    }
}
