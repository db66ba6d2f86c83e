package dev.jackstaff.relay.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/// T2 of the design for deadlines: Lincheck on [Slot], and on [LookThenWrite], which it must not let pass.
///
/// Every check throws an `AssertionError` that shows the schedule, or nothing.
public final class SlotModels {
    private SlotModels() {}

    /// Offers and looks, whose results must be those of some order. The slot can be spent once only, so there is nothing
    /// before the threads: what Lincheck would do there by default would decide everything.
    ///
    /// @param rounds    of offers and looks, each another three threads
    /// @param schedules of each round, at most
    public static void inEverySchedule(Class<?> slot, int rounds, int schedules) {
        new ModelCheckingOptions()
                .actorsBefore(0)
                .actorsAfter(1)
                .threads(3)
                .actorsPerThread(2)
                .iterations(rounds)
                .invocationsPerIteration(schedules)
                .check(slot);
    }

    /// Worker, deadline and connection as threads, and the owner that is called by whose offer has won: it is called once.
    ///
    /// @param schedules at most
    public static void ownerIsCalledOnce(Supplier<Predicate<String>> slots, int schedules) {
        Lincheck.runConcurrentTest(schedules, () -> {
            Predicate<String> slot = slots.get();
            AtomicInteger called = new AtomicInteger();
            Thread worker = offering(slot, "answer", called);
            Thread deadline = offering(slot, "expired", called);
            Thread connection = offering(slot, "gone", called);
            join(worker);
            join(deadline);
            join(connection);
            if (called.get() != 1) throw new AssertionError("the owner was called " + called.get() + " times");
        });
    }

    private static Thread offering(Predicate<String> slot, String verdict, AtomicInteger called) {
        return started(() -> {
            if (slot.test(verdict)) called.incrementAndGet();
        });
    }

    static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// [Slot] as Lincheck wants it.
    public static final class Real {
        private final Slot<Integer> slot = new Slot<>();

        @Operation
        public boolean offer(@Param(gen = IntGen.class) int verdict) {
            return slot.offer(verdict);
        }

        @Operation
        public boolean isDecided() {
            return slot.isDecided();
        }
    }

    /// The mistake.
    public static final class Planted {
        private final LookThenWrite<Integer> slot = new LookThenWrite<>();

        @Operation
        public boolean offer(@Param(gen = IntGen.class) int verdict) {
            return slot.offer(verdict);
        }

        @Operation
        public boolean isDecided() {
            return slot.isDecided();
        }
    }
}
