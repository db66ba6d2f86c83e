package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Where requests of one kind wait: so many at a time, each until its deadline. Others may wait for a worker, too, so many as was
/// said; who has waited the longest gets one first. Thread-safe.
public final class Offload {
    /// A worker that is still out so long after its deadline is stuck.
    static final Duration STUCK_AFTER = Duration.ofSeconds(5);

    /// How many requests came to what; at rest `started` is the sum of the five that follow it, and `late` is `expired`,
    /// `gone` and `draining` together.
    ///
    /// @param refused   answered 503, because too many were waiting
    /// @param unstarted handed to a worker that did not begin before time was up, the caller had gone or the server stopped
    /// @param started   begun by a worker
    /// @param answered  by their handler
    /// @param failed    by an exception of their handler
    /// @param expired   answered 504
    /// @param gone      without anybody to answer
    /// @param draining  answered 504 by a server that stops
    /// @param late      handlers that ended when the answer had been decided
    /// @param waiting   that wait for a worker
    /// @param free      permits that are not out
    /// @param stuck     workers that are still out 5 s after their deadline
    public record Counts(
            long refused, long unstarted, long started, long answered, long failed, long expired, long gone,
            long draining, long late, int waiting, int free, int stuck) {}

    private final Executor workers;
    private final int atOnce, mostWaiting;
    private final Semaphore permits;
    private final Queue<Runnable> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger(); // in the line
    private final Set<Handover> atWork = ConcurrentHashMap.newKeySet();
    final LongAdder refused = new LongAdder();
    final LongAdder unstarted = new LongAdder();
    final LongAdder started = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder expired = new LongAdder();
    final LongAdder gone = new LongAdder();
    final LongAdder draining = new LongAdder();
    final LongAdder late = new LongAdder();

    /// @param workers runs what waits, a thread each; virtual ones are fine
    /// @param atOnce  how many may run at the same time; a permit comes back when its handler ends, not with the answer
    public Offload(Executor workers, int atOnce) {
        this(workers, atOnce, 0);
    }

    /// @param mostWaiting how many more may wait for one of these
    public Offload(Executor workers, int atOnce, int mostWaiting) {
        if (atOnce <= 0 || mostWaiting < 0)
            throw new IllegalArgumentException(atOnce + " at once, " + mostWaiting + " waiting");
        this.workers = requireNonNull(workers, "workers");
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
        permits = new Semaphore(atOnce);
    }

    /// Counts a request that gets no worker.
    ///
    /// @return null, as for every request that gets none
    @Nullable
    Handover refuse() {
        refused.increment();
        return null;
    }

    /// How many permits there are.
    public int atOnce() {
        return atOnce;
    }

    /// Has a worker do it, with a permit, now or when there is one. Who has been given a permit returns it.
    ///
    /// @return false when no worker may be had; then nothing was started, and nothing will be
    boolean hand(Runnable work) {
        if (line.isEmpty() && permits.tryAcquire()) return begin(work);
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            return false;
        }
        line.add(work);
        passOn();
        return true;
    }

    /// A refusal of the workers, or a mistake: either way nothing was started.
    private boolean begin(Runnable work) {
        try {
            workers.execute(work);
            return true;
        } catch (RuntimeException e) {
            permits.release();
            return false;
        }
    }

    /// Whether something waits for a worker.
    boolean hasEnough() {
        return waiting.get() > 0;
    }

    /// It need not be done any longer, if it waits.
    void takeBack(Runnable work) {
        if (line.remove(work)) waiting.decrementAndGet();
    }

    void returnPermit() {
        permits.release();
        passOn();
    }

    /// Free permits go to those who wait. Both who joins and who returns a permit looks, and after that: so one of them sees the
    /// other.
    private void passOn() {
        while (!line.isEmpty() && permits.tryAcquire()) {
            Runnable next = line.poll();
            if (next == null) {
                permits.release();
            } else {
                waiting.decrementAndGet();
                begin(next);
            }
        }
    }

    /// A worker begins, with a permit.
    void begins(Handover work) {
        started.increment();
        atWork.add(work);
    }

    /// A worker ends, and its permit is home.
    void ends(Handover work) {
        atWork.remove(work);
        returnPermit();
    }

    /// Whose workers are still out 5 s after their deadline. Their permits are out, too.
    ///
    /// Cost: one look at each worker.
    List<Handover> stuck() {
        return atWork.stream().filter(it -> it.overdueNanos() >= STUCK_AFTER.toNanos()).toList();
    }

    public Counts counts() {
        return new Counts(
                refused.sum(), unstarted.sum(), started.sum(), answered.sum(), failed.sum(), expired.sum(), gone.sum(),
                draining.sum(), late.sum(), waiting.get(), permits.availablePermits(), stuck().size());
    }
}
