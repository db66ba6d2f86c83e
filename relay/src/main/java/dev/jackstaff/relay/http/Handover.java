package dev.jackstaff.relay.http;

import dev.jackstaff.runtime.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One job on a worker, and the one verdict on it.
///
/// Worker, timer, connection and stop each offer a verdict; the first one in the slot counts and never changes. Only then,
/// and once, is the owner called, on its loop: so there is one answer, and nothing that comes later can touch it. The loop's
/// timer is the only judge of lateness, and it is taken back when there is a verdict.
///
/// A job that no worker has begun can be taken back, by the same compare-and-set that a worker begins it with. So a verdict
/// tells truly whether a handler ran.
///
/// It is written for Java 17, so that `verify/slot/` can check this very source there.
final class Handover implements Waiting {
    private enum Stage {
        READY,
        BEGUN,
        TAKEN_BACK
    }

    private final Slot<Verdict> slot = new Slot<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.READY);
    private final Offload offload;
    private final Deadline deadline;
    private final Executor loop;
    private final Consumer<Verdict> owner;
    private final Runnable late;
    private Runnable takeTimerBack = () -> {}; // loop only
    private Runnable work = () -> {}; // what a worker does; written before it is handed over
    private volatile @Nullable Thread worker; // writer: the worker

    private Handover(Offload offload, Deadline deadline, Executor loop, Consumer<Verdict> owner, Runnable late) {
        this.offload = offload;
        this.deadline = deadline;
        this.loop = loop;
        this.owner = owner;
        this.late = late;
    }

    /// Hands a job to a worker. Call it on the loop.
    ///
    /// @param loop  runs tasks on the loop, later
    /// @param timer runs tasks on the loop, at their time
    /// @param owner takes the verdict, on the loop
    /// @return null when no worker may be had now; then nothing was started
    static @Nullable Handover begin(
            Offload offload, Deadline deadline, Function<Waiting, Response> job, Executor loop, Timer timer,
            Consumer<Verdict> owner) {
        return begin(offload, deadline, job, loop, timer, owner, () -> {});
    }

    /// The same.
    ///
    /// @param late told by the worker that it ended when there was a verdict
    static @Nullable Handover begin(
            Offload offload, Deadline deadline, Function<Waiting, Response> job, Executor loop, Timer timer,
            Consumer<Verdict> owner, Runnable late) {
        Handover handover = new Handover(offload, deadline, loop, owner, late);
        handover.work = () -> handover.work(job);
        if (!offload.hand(handover.work)) return offload.refuse();
        handover.takeTimerBack = timer.after(deadline.left(), handover::expired);
        return handover;
    }

    /// The connection is closed: nobody waits any longer.
    void gone() {
        end(new Verdict.Gone(), false);
    }

    /// The server stops and waits no longer.
    void drain() {
        end(new Verdict.Draining(), true);
    }

    private void expired() {
        end(new Verdict.Expired(), true);
    }

    @Override
    public Duration left() {
        return deadline.left();
    }

    @Override
    public boolean isOver() {
        return slot.isDecided();
    }

    /// How long the deadline has been over; negative before it.
    long overdueNanos() {
        return -deadline.leftNanos();
    }

    /// Where its worker is now; empty when it is nowhere.
    StackTraceElement[] whereabouts() {
        Thread worker = this.worker;
        return worker == null ? new StackTraceElement[0] : worker.getStackTrace();
    }

    private void work(Function<Waiting, Response> job) {
        if (deadline.allowsStart() && stage.compareAndSet(Stage.READY, Stage.BEGUN)) {
            run(job);
        } else {
            offload.returnPermit();
            expired();
        }
    }

    // Whatever a handler throws is its request's alone.
    @SuppressWarnings("CatchingUnchecked")
    private void run(Function<Waiting, Response> job) {
        worker = Thread.currentThread();
        offload.begins(this);
        Verdict verdict;
        try {
            verdict = new Verdict.Answer(job.apply(this));
        } catch (Throwable thrown) {
            verdict = new Verdict.Failed(thrown);
        } finally {
            offload.ends(this);
        }
        if (!offer(verdict)) {
            offload.late.increment();
            late.run();
        }
    }

    /// Ends it without its worker: takes the job back if that has not begun.
    private void end(Verdict ofWork, boolean answered) {
        switch (stage.compareAndExchange(Stage.READY, Stage.TAKEN_BACK)) {
            case READY -> {
                offload.takeBack(work);
                offer(new Verdict.Unstarted(answered));
            }
            case BEGUN -> offer(ofWork);
            case TAKEN_BACK -> {
            }
        }
    }

    private boolean offer(Verdict verdict) {
        if (!slot.offer(verdict)) return false;
        loop.execute(() -> {
            takeTimerBack.run();
            verdict.counter(offload).increment();
            owner.accept(verdict);
        });
        return true;
    }
}
