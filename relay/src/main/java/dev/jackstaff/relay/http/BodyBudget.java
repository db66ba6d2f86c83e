package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.relay.config.RequestRate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Bytes of bodies that a listener holds: those of requests that are being read, wait for their handler or are with it. What has
/// been taken is given back once, whatever becomes of the request.
///
/// Large bodies may take three quarters of it. The rest is left for small ones, so that those who have much to tell do not
/// keep others from asking. Where there is no room for a large body, it can claim some and wait; who has waited the longest gets
/// it first. While workers have enough to do, no more than an eighth of what large bodies may take is given to those who wait:
/// what is read sooner would only wait in memory.
///
/// Cost: one compare-and-set for each piece of a body, and one at its end. Thread-safe, without a lock.
class BodyBudget {
    private static final int PART_OF_THE_SMALL = 4, PART_OF_THE_BUSY = 8;

    /// About what a connection takes whose body waits unread.
    private static final int WAITING_BYTES = 16 * 1024;

    /// Each takes 0.1 to 0.2 ms of a processor.
    private static final int REFUSALS_A_SECOND = 300 * Runtime.getRuntime().availableProcessors();

    private final long most, mostWithLarge, mostOfTheBusy;
    private final int mostWaiting;
    private final AtomicLong held = new AtomicLong();
    private final Queue<Claim> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger(); // in the line
    private final AtomicLong met = new AtomicLong(); // bytes that claims have ever been given
    private final TokenBucket refusals = new TokenBucket(new RequestRate(REFUSALS_A_SECOND, REFUSALS_A_SECOND / 10));
    private final AtomicInteger calls = new AtomicInteger(); // to look at the line, that have not been heeded yet
    private final Map<RequestClass, LongAdder> refused = new EnumMap<>(RequestClass.class);

    /// @param most bytes
    BodyBudget(long most) {
        if (most <= 0) throw new IllegalArgumentException(most + " bytes");
        this.most = most;
        mostWithLarge = most - most / PART_OF_THE_SMALL;
        mostOfTheBusy = mostWithLarge / PART_OF_THE_BUSY;
        mostWaiting = (int) Math.min(Math.max(1, most / WAITING_BYTES), Integer.MAX_VALUE);
        for (RequestClass kind : RequestClass.values()) refused.put(kind, new LongAdder());
    }

    /// What a large body needs, and waits for.
    static final class Claim {
        private final long bytes;
        private final @Nullable Offload workers;
        private final long metBefore; // bytes that others had been given
        private final AtomicReference<@Nullable Runnable> met; // null when it has been met, or given up

        private Claim(long bytes, @Nullable Offload workers, long metBefore, Runnable met) {
            this.bytes = bytes;
            this.workers = workers;
            this.metBefore = metBefore;
            this.met = new AtomicReference<>(met);
        }

        private boolean isOver() {
            return met.get() == null;
        }
    }

    /// Takes bytes, to be given back with [#giveBack].
    ///
    /// @param isLarge whether they are of a large body; none are to be had for those while others wait
    /// @return whether they are to be had; if not, nothing is taken
    final boolean take(long bytes, boolean isLarge) {
        return !(isLarge && waiting.get() > 0) && takeWithin(isLarge ? mostWithLarge : most, bytes);
    }

    private boolean takeWithin(long limit, long bytes) {
        for (long now = held.get(); bytes <= limit - now; now = held.get())
            if (held.compareAndSet(now, now + bytes)) return true;
        return false;
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
        if (waiting.get() > 0) meet();
    }

    /// Claims bytes for a large body, to be given back with [#giveBack] when the claim has been met.
    ///
    /// @param workers who will work on it; null for none
    /// @param met     told that they have been taken, once; by any thread, which it must not keep
    /// @return null when as many wait as may
    final @Nullable Claim claim(long bytes, @Nullable Offload workers, Runnable met) {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            return null;
        }
        Claim claim = new Claim(bytes, workers, this.met.get(), met);
        line.add(claim);
        meet();
        return claim;
    }

    /// @return false when it has been met, or given up before
    final boolean giveUp(Claim claim) {
        if (claim.met.getAndSet(null) == null) return false;
        leave(claim);
        meet();
        return true;
    }

    /// Whether a claim will be met before it has waited for so long, if the line goes on as it has since.
    ///
    /// Cost: a look at each claim before it.
    ///
    /// @param waited how long it has waited, in the same unit
    final boolean isSoon(Claim claim, long waited, long most) {
        long given = met.get() - claim.metBefore, ahead = 0;
        for (Claim other : line) {
            if (other.equals(claim)) break;
            ahead += other.bytes;
        }
        return (double) waited * (given + ahead) <= (double) most * given;
    }

    /// Whether another one of those who wait may be refused now. It costs a connection, which callers who ask again at once make
    /// the relay pay again and again; so they are slowed down.
    final boolean mayRefuse() {
        return refusals.take() == 0;
    }

    /// Meets the claims that can be met, in their order. One thread at a time does it, for all who call meanwhile.
    final void meet() {
        if (calls.getAndIncrement() != 0) return;
        int heeded = 1;
        do {
            while (meetFirst()) {}
            heeded = calls.addAndGet(-heeded);
        } while (heeded != 0);
    }

    private boolean meetFirst() {
        Claim first = line.peek();
        if (first == null) return false;
        if (first.isOver()) {
            leave(first);
            return true;
        }
        if (!takeWithin(limit(first), first.bytes)) return false;
        leave(first);
        Runnable given = first.met.getAndSet(null);
        if (given == null) {
            held.addAndGet(-first.bytes);
        } else {
            met.addAndGet(first.bytes);
            given.run();
        }
        return true;
    }

    /// Whoever gives up and whoever meets may both come here.
    private void leave(Claim claim) {
        if (!line.remove(claim)) return;
        waiting.decrementAndGet();
    }

    private long limit(Claim claim) {
        return claim.workers != null && claim.workers.hasEnough() ? mostOfTheBusy : mostWithLarge;
    }

    /// Counts a request that was refused because there was too little left.
    final void refused(RequestClass kind) {
        requireNonNull(refused.get(kind)).increment();
    }

    final BodyCounts counts() {
        Map<RequestClass, Long> sums = new EnumMap<>(RequestClass.class);
        refused.forEach((kind, count) -> sums.put(kind, count.sum()));
        long now = held.get();
        return new BodyCounts(now, most - now, waiting.get(), sums);
    }
}
