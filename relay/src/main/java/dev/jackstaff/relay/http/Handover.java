package dev.jackstaff.relay.http;

import dev.jackstaff.runtime.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One job on a worker, and the one verdict on it.
///
/// Worker, timer and connection each offer a verdict; the first one in the slot counts and never changes. Only then, and
/// once, is the owner called, on its loop: so there is one answer, and nothing that comes later can touch it. The loop's
/// timer is the only judge of lateness, and it is taken back when there is a verdict.
final class Handover implements Waiting {
    private final Slot<Verdict> slot = new Slot<>();
    private final Offload offload;
    private final Executor loop;
    private final Consumer<Verdict> owner;
    private final long begun = System.nanoTime();
    private Runnable takeTimerBack = () -> {}; // loop only

    private Handover(Offload offload, Executor loop, Consumer<Verdict> owner) {
        this.offload = offload;
        this.loop = loop;
        this.owner = owner;
    }

    /// Hands a job to a worker. Call it on the loop.
    ///
    /// @param loop  runs tasks on the loop, later
    /// @param timer runs tasks on the loop, at their time
    /// @param owner takes the verdict, on the loop
    /// @return null when no worker may be had now; then nothing was started
    static @Nullable Handover begin(
            Offload offload, Function<Waiting, Response> job, Executor loop, Timer timer, Consumer<Verdict> owner) {
        if (!offload.takePermit()) {
            offload.refused.increment();
            return null;
        }
        Handover handover = new Handover(offload, loop, owner);
        try {
            offload.workers().execute(() -> handover.work(job));
        } catch (RejectedExecutionException e) {
            offload.returnPermit();
            offload.refused.increment();
            return null;
        }
        offload.started.increment();
        handover.takeTimerBack = timer.after(offload.limit(), () -> handover.offer(new Verdict.Expired()));
        return handover;
    }

    /// The connection is closed: nobody waits any longer.
    void gone() {
        offer(new Verdict.Gone());
    }

    @Override
    public Duration left() {
        Duration left = offload.limit().minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public boolean isOver() {
        return slot.isDecided();
    }

    // Whatever a handler throws is its request's alone.
    @SuppressWarnings("CatchingUnchecked")
    private void work(Function<Waiting, Response> job) {
        Verdict verdict;
        try {
            verdict = new Verdict.Answer(job.apply(this));
        } catch (Throwable thrown) {
            verdict = new Verdict.Failed(thrown);
        } finally {
            offload.returnPermit();
        }
        if (!offer(verdict)) offload.late.increment();
    }

    private boolean offer(Verdict verdict) {
        if (!slot.offer(verdict)) return false;
        loop.execute(() -> {
            takeTimerBack.run();
            count(verdict);
            owner.accept(verdict);
        });
        return true;
    }

    private void count(Verdict verdict) {
        switch (verdict) {
            case Verdict.Answer _ -> offload.answered.increment();
            case Verdict.Failed _ -> offload.failed.increment();
            case Verdict.Expired _ -> offload.expired.increment();
            case Verdict.Gone _ -> offload.gone.increment();
        }
    }
}
