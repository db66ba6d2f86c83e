package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/// T2 of the design for deadlines, for slot and wait together: Lincheck on the relay's own [Handover], and on [TakenBackAnyway],
/// which it must not let pass.
///
/// What the loop and its timer do is a task, so that a thread of the check can do it.
public final class HandoverModels {
    private HandoverModels() {}

    /// What can happen to one job, whoever hands it over.
    interface Subject {
        void work();

        void deadline();

        void gone();

        void drain();

        boolean isOver();

        /// What is wrong when nothing happens any more; empty when everything holds.
        String wrong();
    }

    /// What happened to the job, as its owner and its handler saw it.
    private abstract static class Observed implements Subject {
        private final AtomicInteger verdicts = new AtomicInteger(), ran = new AtomicInteger();
        private final AtomicReference<@Nullable Verdict> verdict = new AtomicReference<>();

        Response handle(Waiting waiting) {
            ran.incrementAndGet();
            return new Response();
        }

        void decided(Verdict decided) {
            verdicts.incrementAndGet();
            verdict.set(decided);
        }

        @Override
        public String wrong() {
            if (verdicts.get() != (isOver() ? 1 : 0)) return "I2, I3: " + verdicts + " verdicts";
            if (ran.get() > 1) return "the handler ran " + ran + " times";
            if (verdict.get() instanceof Verdict.Unstarted && ran.get() != 0) return "I20: not started, and it ran";
            return "";
        }
    }

    /// The relay's.
    private static final class Real extends Observed {
        private final AtomicReference<@Nullable Runnable> job = new AtomicReference<>();
        private final Offload offload = new Offload(job::set, 1);
        private final AtomicReference<@Nullable Runnable> timer = new AtomicReference<>();
        private final Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
        private final Handover handover;

        Real() {
            handover = requireNonNull(Handover.begin(
                    offload, new Deadline(() -> 0, Duration.ofSeconds(1).toNanos(), 0), this::handle, loop::add,
                    this::plan, this::decided));
        }

        private Runnable plan(Duration delay, Runnable task) {
            timer.set(task);
            return () -> timer.set(null);
        }

        @Override
        public void work() {
            run(job.getAndSet(null));
        }

        @Override
        public void deadline() {
            run(timer.get());
        }

        private static void run(@Nullable Runnable task) {
            if (task != null) task.run();
        }

        @Override
        public void gone() {
            handover.gone();
        }

        @Override
        public void drain() {
            handover.drain();
        }

        @Override
        public boolean isOver() {
            return handover.isOver();
        }

        @Override
        public String wrong() {
            for (Runnable task = loop.poll(); task != null; task = loop.poll()) task.run();
            if (isOver() && timer.get() != null) return "I14: the timer is left";
            Offload.Counts counts = offload.counts();
            if (counts.free() != (job.get() == null ? 1 : 0)) return "I10: " + counts.free() + " permits are home";
            if (counts.started() != counts.answered() + counts.late()) return "I11: " + counts;
            return super.wrong();
        }
    }

    /// The mistake: whether the job has begun is looked at, and then written down.
    private static final class TakenBackAnyway extends Observed {
        private final Slot<Verdict> slot = new Slot<>();
        private final AtomicBoolean handedOver = new AtomicBoolean();
        private volatile boolean begun, takenBack;

        @Override
        public void work() {
            if (!handedOver.compareAndSet(false, true) || takenBack) return;
            begun = true;
            offer(new Verdict.Answer(handle(Waiting.NOT)));
        }

        @Override
        public void deadline() {
            if (begun) {
                offer(new Verdict.Expired());
            } else {
                takenBack = true;
                offer(new Verdict.Unstarted(true));
            }
        }

        @Override
        public void gone() {
            deadline();
        }

        @Override
        public void drain() {
            deadline();
        }

        private void offer(Verdict verdict) {
            if (slot.offer(verdict)) decided(verdict);
        }

        @Override
        public boolean isOver() {
            return slot.isDecided();
        }
    }

    /// The relay's, with worker, deadline and connection as threads.
    ///
    /// @param schedules at most
    static void ofThreads(int schedules) {
        Lincheck.runConcurrentTest(schedules, () -> race(new Real()));
    }

    /// The mistake in threads. It is made within the check: Lincheck does not follow what a supplier from outside makes, and
    /// finds nothing.
    static void plantedInThreads(int schedules) {
        Lincheck.runConcurrentTest(schedules, () -> race(new TakenBackAnyway()));
    }

    /// Each does its part, and the loop comes afterwards.
    private static void race(Subject subject) {
        Thread worker = SlotModels.started(subject::work);
        Thread deadline = SlotModels.started(subject::deadline);
        Thread connection = SlotModels.started(subject::gone);
        SlotModels.join(worker);
        SlotModels.join(deadline);
        SlotModels.join(connection);
        String wrong = subject.isOver() ? subject.wrong() : "no verdict";
        if (!wrong.isEmpty()) throw new AssertionError(wrong);
    }

    /// A hand-over as Lincheck wants it: what happens tells nothing, and what has become of it must hold at the end. Whether it
    /// is over can only be asked by a handler that has begun, and is true a moment late where none ever will.
    public abstract static class Modelled {
        private final Subject subject;

        private Modelled(Subject subject) {
            this.subject = subject;
        }

        @Operation
        public void work() {
            subject.work();
        }

        @Operation
        public void deadline() {
            subject.deadline();
        }

        @Operation
        public void gone() {
            subject.gone();
        }

        @Operation
        public void drain() {
            subject.drain();
        }

        @Validate
        public void holds() {
            String wrong = subject.wrong();
            if (!wrong.isEmpty()) throw new IllegalStateException(wrong);
        }
    }

    /// The relay's.
    public static final class OfRelay extends Modelled {
        public OfRelay() {
            super(new Real());
        }
    }

    /// The mistake.
    public static final class Planted extends Modelled {
        public Planted() {
            super(new TakenBackAnyway());
        }
    }
}
