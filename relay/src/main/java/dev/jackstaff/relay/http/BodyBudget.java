package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
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
/// it first. When for half a second there was always somebody who had waited for more than 100 ms, there is more than can be done, and
/// not for a moment only; from then on, who came last is first. So most are served soon, instead of all late, and who comes when that
/// is over does not wait for those who are left of it. Whoever is about to have waited for too long gets every eighth turn: to have
/// waited in vain is of no use to anybody, and who has comes again.
///
/// While workers have enough to do, large bodies get room only as long as they hold less than a 32nd of what they may for each of
/// these workers, and less than a quarter: what is read sooner would only wait in memory, and be moved by each collection of garbage.
/// When that is reached, the next ones come in when half of it has been worked on, some at a time: an event loop that is woken for each
/// of them would cost as much as reading it.
///
/// Cost: one compare-and-set for each piece of a body, and one at its end. Thread-safe, without a lock.
class BodyBudget {
    private static final int PART_OF_THE_SMALL = 4, PART_OF_A_WORKER = 32, PART_OF_WORKERS = 4;

    /// About what a connection takes whose body waits unread.
    private static final int WAITING_BYTES = 16 * 1024;

    /// How long somebody may wait, and for how long somebody may have waited longer, before a line is one that stands.
    private static final long LONG_NANOS = 100_000_000, STANDING_NANOS = 500_000_000;

    /// One of so many is for who should not wait any longer. More of them would keep those waiting who come when a load has ended.
    private static final int TURNS = 8;

    /// Between two bodies for workers that have nothing to do.
    private static final long IDLE_NANOS = 1_000_000;

    private final long most, mostWithLarge;
    private final int mostWaiting;
    private final Ticker ticker;
    private final AtomicLong held = new AtomicLong();
    private final Deque<Claim> line = new ConcurrentLinkedDeque<>(); // who has waited the longest is first
    private final AtomicInteger waiting = new AtomicInteger(); // in the line
    private final AtomicInteger calls = new AtomicInteger(); // to look at the line, that have not been heeded yet
    private boolean isLong; // whether somebody waits for too long; whoever meets, like the four that follow
    private long longSince;
    private int sinceFirst; // turns since somebody had one who had waited the longest
    private boolean fills; // whether workers get more until they have enough
    private long metIdle; // when there was room for workers that had nothing to do
    private final Map<RequestClass, LongAdder> refused = new EnumMap<>(RequestClass.class);

    /// @param most bytes
    BodyBudget(long most) {
        this(most, Ticker.SYSTEM);
    }

    BodyBudget(long most, Ticker ticker) {
        if (most <= 0) throw new IllegalArgumentException(most + " bytes");
        this.most = most;
        this.ticker = ticker;
        mostWithLarge = most - most / PART_OF_THE_SMALL;
        mostWaiting = (int) Math.min(Math.max(1, most / WAITING_BYTES), Integer.MAX_VALUE);
        metIdle = ticker.nanos() - IDLE_NANOS;
        for (RequestClass kind : RequestClass.values()) refused.put(kind, new LongAdder());
    }

    /// What a large body needs, and waits for.
    static final class Claim {
        private final long bytes;
        private final @Nullable Offload workers;
        private final long since, urgent; // nanoseconds that it has waited then
        private final AtomicReference<@Nullable Runnable> met; // null when it has been met, or given up

        private Claim(long bytes, @Nullable Offload workers, long since, long urgent, Runnable met) {
            this.bytes = bytes;
            this.workers = workers;
            this.since = since;
            this.urgent = urgent;
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
        return isLarge ? takeLarge(bytes, null) : takeWithin(most, bytes);
    }

    /// The same for a large body.
    ///
    /// @param workers who will work on it; null for none
    final boolean takeLarge(long bytes, @Nullable Offload workers) {
        return waiting.get() == 0 && isFree(workers) && takeWithin(mostWithLarge, bytes);
    }

    private boolean isFree(@Nullable Offload workers) {
        return workers == null || held.get() < enough(workers);
    }

    private boolean isLow(@Nullable Offload workers) {
        if (workers == null) return true;
        long now = held.get(), enough = enough(workers);
        if (now < enough / 2) fills = true;
        else if (now >= enough) fills = false;
        return fills;
    }

    private long enough(Offload workers) {
        return Math.min(workers.atOnce() * (mostWithLarge / PART_OF_A_WORKER), mostWithLarge / PART_OF_WORKERS);
    }

    /// Whether workers have nothing to do, however much others hold: those are slow to send. What has been met has to come
    /// before that can be seen.
    private boolean areIdle(@Nullable Offload workers) {
        return workers != null && !workers.hasEnough() && ticker.nanos() - metIdle >= IDLE_NANOS;
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
    /// @param urgent  nanoseconds after which it should not wait any longer
    /// @param met     told that they have been taken, once; by any thread, which it must not keep
    /// @return null when as many wait as may
    final @Nullable Claim claim(long bytes, @Nullable Offload workers, long urgent, Runnable met) {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            return null;
        }
        Claim claim = new Claim(bytes, workers, ticker.nanos(), urgent, met);
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

    /// Meets the claims that can be met, one after the other. One thread at a time does it, for all who call meanwhile.
    final void meet() {
        if (calls.getAndIncrement() != 0) return;
        int heeded = 1;
        do {
            while (meetNext(false)) {}
            if (meetNext(true)) metIdle = ticker.nanos();
            heeded = calls.addAndGet(-heeded);
        } while (heeded != 0);
    }

    /// @param idle whether room is given to those only whose workers have nothing to do, however much others hold
    private boolean meetNext(boolean idle) {
        Claim next = next();
        if (next == null) return false;
        if (next.isOver()) {
            leave(next);
            return true;
        }
        boolean hasUse = idle ? areIdle(next.workers) : isLow(next.workers);
        if (!hasUse || !takeWithin(mostWithLarge, next.bytes)) return false;
        sinceFirst = next.equals(line.peekFirst()) ? 0 : sinceFirst + 1;
        leave(next);
        Runnable given = next.met.getAndSet(null);
        if (given == null) held.addAndGet(-next.bytes);
        else
            given.run();
        return true;
    }

    private @Nullable Claim next() {
        Claim first = line.peekFirst();
        if (first == null) return null;
        long now = ticker.nanos();
        if (!stands(first, now)) return first;
        return sinceFirst + 1 >= TURNS && now - first.since >= first.urgent ? first : line.peekLast();
    }

    private boolean stands(Claim first, long now) {
        if (now - first.since < LONG_NANOS) {
            isLong = false;
            return false;
        }
        if (!isLong) longSince = now;
        isLong = true;
        return now - longSince >= STANDING_NANOS;
    }

    /// Whoever gives up and whoever meets may both come here.
    private void leave(Claim claim) {
        boolean left = claim.equals(line.peekFirst())
                ? line.removeFirstOccurrence(claim)
                : line.removeLastOccurrence(claim);
        if (left) waiting.decrementAndGet();
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
