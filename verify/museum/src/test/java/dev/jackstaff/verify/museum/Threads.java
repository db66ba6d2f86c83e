package dev.jackstaff.verify.museum;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A thread for each task, all of which are expected to end.
final class Threads implements Executor {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final int LOOKS = 60;

    private final Queue<Thread> begun = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable task) {
        begun.add(Thread.ofPlatform().daemon().name("museum").start(task));
    }

    /// Those that will not end by themselves: they wait, in the same place at each of many looks. Returns when all others have
    /// ended.
    List<Thread> stuck() {
        return stuck(() -> false);
    }

    /// The same, or none as soon as something is so.
    List<Thread> stuck(BooleanSupplier done) {
        List<String> before = List.of();
        for (int same = 0; !done.getAsBoolean();) {
            List<Thread> left = begun.stream().filter(Thread::isAlive).toList();
            if (left.isEmpty()) return left;
            List<String> now = left.stream().map(Threads::place).toList();
            boolean waits = left.stream().allMatch(thread -> thread.getState() != Thread.State.RUNNABLE);
            same = waits && now.equals(before) ? same + 1 : 0;
            if (same == LOOKS) return left;
            before = now;
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return List.of();
    }

    /// Lets go those that are left.
    void interrupt() {
        begun.forEach(Thread::interrupt);
    }

    private static String place(Thread thread) {
        return thread.threadId() + Arrays.toString(thread.getStackTrace());
    }
}
