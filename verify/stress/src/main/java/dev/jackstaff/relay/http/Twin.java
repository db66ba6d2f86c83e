package dev.jackstaff.relay.http;

import dev.jackstaff.runtime.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A hand-over with one mistake, which [Exchanges] has to find. Without any mistake it is sound.
final class Twin implements Subject {
    enum Mistake {
        NONE,
        /// The slot is looked at and then written.
        LOOK_THEN_WRITE,
        /// The permit comes home with the answer, and not with the work.
        RELEASE_AT_ANSWER,
        /// A late result is answered as well.
        ANSWER_LATE,
        /// The timer is not taken back with the verdict.
        FORGET_TIMER
    }

    private static final int REFUSED = 0, STARTED = 1, ANSWERED = 2, FAILED = 3, EXPIRED = 4, GONE = 5, LATE = 6;

    private final Mistake mistake;
    private final Executor workers;
    private final Semaphore permits;
    private final AtomicLongArray counts = new AtomicLongArray(LATE + 1);

    Twin(Mistake mistake, Executor workers, int permits) {
        this.mistake = mistake;
        this.workers = workers;
        this.permits = new Semaphore(permits);
    }

    @Override
    public @Nullable Started begin(
            Function<Waiting, Response> job, Executor loop, Timer timer, Consumer<Verdict> owner) {
        if (!permits.tryAcquire()) return refused();
        Call call = new Call(loop, owner);
        try {
            workers.execute(() -> call.work(job));
        } catch (RejectedExecutionException e) {
            permits.release();
            return refused();
        }
        counts.incrementAndGet(STARTED);
        call.takeTimerBack = timer.after(Duration.ofHours(1), () -> call.offer(new Verdict.Expired(), EXPIRED));
        return call;
    }

    private @Nullable Started refused() {
        counts.incrementAndGet(REFUSED);
        return null;
    }

    @Override
    public Accounts accounts() {
        return new Accounts(counts.get(REFUSED), 0, counts.get(STARTED), counts.get(ANSWERED), counts.get(FAILED),
                counts.get(EXPIRED), counts.get(GONE), 0, counts.get(LATE));
    }

    @Override
    public int free() {
        return permits.availablePermits();
    }

    private final class Call implements Started, Waiting {
        private final AtomicReference<@Nullable Verdict> verdict = new AtomicReference<>();
        private final Predicate<Verdict> slot = mistake == Mistake.LOOK_THEN_WRITE
                ? this::lookThenWrite
                : offered -> verdict.compareAndSet(null, offered);
        private final Executor loop;
        private final Consumer<Verdict> owner;
        private Runnable takeTimerBack = () -> {}; // loop only

        Call(Executor loop, Consumer<Verdict> owner) {
            this.loop = loop;
            this.owner = owner;
        }

        private boolean lookThenWrite(Verdict offered) {
            if (verdict.get() != null) return false;
            LockSupport.parkNanos(1); // so that it is found on a busy machine too
            verdict.set(offered);
            return true;
        }

        @SuppressWarnings("CatchingUnchecked")
        private void work(Function<Waiting, Response> job) {
            Verdict done;
            int kind = ANSWERED;
            try {
                done = new Verdict.Answer(job.apply(this));
            } catch (Throwable thrown) {
                done = new Verdict.Failed(thrown);
                kind = FAILED;
            } finally {
                if (mistake != Mistake.RELEASE_AT_ANSWER) permits.release();
            }
            if (!offer(done, kind)) {
                counts.incrementAndGet(LATE);
                if (mistake == Mistake.ANSWER_LATE) tell(done);
            }
        }

        private boolean offer(Verdict offered, int kind) {
            if (!slot.test(offered)) return false;
            counts.incrementAndGet(kind);
            if (mistake == Mistake.RELEASE_AT_ANSWER) permits.release();
            tell(offered);
            return true;
        }

        private void tell(Verdict told) {
            loop.execute(() -> {
                if (mistake != Mistake.FORGET_TIMER) takeTimerBack.run();
                owner.accept(told);
            });
        }

        @Override
        public void gone() {
            offer(new Verdict.Gone(), GONE);
        }

        @Override
        public void drain() {
            gone();
        }

        @Override
        public Duration left() {
            return Duration.ZERO;
        }

        @Override
        public boolean isOver() {
            return verdict.get() != null;
        }
    }
}
