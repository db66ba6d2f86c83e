package dev.jackstaff.relay.http;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides which requests one event loop works on. Touched by that loop only, but for the counts.
///
/// All of them, as long as they do not wait too long for the loop. A wait that is too long for a moment is a burst, and passes.
/// One that has been too long in every turn for five times as long will not pass by itself: from then on the loop works
/// on what has waited the least and refuses the rest, before anything is done for it, until a turn ends in which nothing
/// had to wait too long. This is the idea of CoDel (RFC 8289), with turns of a loop in place of a queue.
///
/// What is refused are requests of classes that have used their share of the loop. A share is the same for each class that
/// asks; so a flood of large questions does not keep small ones from being answered.
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final long NANOS = 1_000_000, TOLD_AGAIN = Duration.ofSeconds(10).toNanos();
    private static final int TIMES_TOO_LONG = 5;

    private final Turn turn;
    private final long most;
    private final long standing;

    private boolean late; // whether something has waited too long, in each turn since
    private long since;
    private long worst; // wait in this turn
    private boolean told; // to the log
    private long toldAt;
    private long halved; // when

    private final AtomicLongArray waits = new AtomicLongArray(QueueTimes.BUCKETS);
    private final Map<RequestClass, OfClass> classes = new EnumMap<>(RequestClass.class);

    private static final class OfClass {
        private long used; // nanoseconds of this loop, lately
        private final AtomicLong refused = new AtomicLong(), outOfTime = new AtomicLong();
    }

    /// @param most how long requests may wait for the loop; zero for any time
    Admission(Turn turn, Duration most) {
        this.turn = turn;
        this.most = most.isZero() ? Long.MAX_VALUE : most.toNanos();
        standing = most.toNanos() * TIMES_TOO_LONG;
        for (RequestClass kind : RequestClass.values()) classes.put(kind, new OfClass());
    }

    /// Whether a request that has been read now may have to be refused. To be asked once for each.
    boolean isBehind(long now) {
        if (turn.isFirst(now)) {
            if (worst <= most) late = false;
            worst = 0;
        }
        long wait = turn.waited(now);
        increment(waits, QueueTimes.bucketOf(wait));
        if (wait <= most) return false;
        return isStanding(now, wait);
    }

    private boolean isStanding(long now, long wait) {
        worst = wait;
        if (!late) {
            late = true;
            since = now;
        }
        if (now - since < standing) return false;
        tell(now);
        return true;
    }

    private void tell(long now) {
        if (told && now - toldAt < TOLD_AGAIN) return;
        told = true;
        toldAt = now;
        LOG.warn("an event loop has had too much to do for {} ms: some requests are refused", standing / NANOS);
    }

    /// Whether a class has no more than its share of the loop left. Refused requests count to what it has used.
    boolean refuses(RequestClass kind) {
        if (kind.isReserved()) return false;
        long all = 0;
        int asking = 0;
        for (Map.Entry<RequestClass, OfClass> other : classes.entrySet()) {
            long used = other.getValue().used;
            if (used == 0 || other.getKey().isReserved()) continue;
            all += used;
            asking++;
        }
        return of(kind).used * asking >= all;
    }

    /// Work on a request has ended.
    ///
    /// @param kind null for one that belongs to no class
    /// @return how long the loop was busy with it, at most
    long worked(@Nullable RequestClass kind, long now) {
        long spent = turn.worked(now);
        if (late && kind != null) use(kind, spent, now);
        return spent;
    }

    private void use(RequestClass kind, long spent, long now) {
        if (now - halved > most) {
            halved = now;
            for (OfClass each : classes.values()) each.used >>= 1;
        }
        of(kind).used += spent;
    }

    /// Counts a request that was refused because the loop is behind.
    void refused(RequestClass kind) {
        increment(of(kind).refused);
    }

    /// Counts a request that was refused because its time was up before there was anything done for it.
    void outOfTime(RequestClass kind) {
        increment(of(kind).outOfTime);
    }

    /// Adds what has been counted so far. Any thread may ask.
    void addTo(long[] waits, Map<RequestClass, Long> refused, Map<RequestClass, Long> outOfTime) {
        for (int i = 0; i < waits.length; i++) waits[i] += this.waits.getAcquire(i);
        classes.forEach((kind, of) -> {
            refused.merge(kind, of.refused.getAcquire(), Long::sum);
            outOfTime.merge(kind, of.outOfTime.getAcquire(), Long::sum);
        });
    }

    private OfClass of(RequestClass kind) {
        return Objects.requireNonNull(classes.get(kind));
    }

    /// One thread writes.
    private static void increment(AtomicLong count) {
        count.setRelease(count.getPlain() + 1);
    }

    /// One thread writes.
    private static void increment(AtomicLongArray counts, int at) {
        counts.setRelease(at, counts.getPlain(at) + 1);
    }
}
