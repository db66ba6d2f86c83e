package dev.jackstaff.runtime;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Runs short tasks later. Thread-safe.
@FunctionalInterface
public interface Timer {

    /// Plans a task that does not block. Returns what takes it off the plan again; running that twice, or late, does
    /// nothing.
    Runnable after(Duration delay, Runnable task);

    /// The timer that a scheduler is. The scheduler stays its owner's to shut down.
    static Timer of(ScheduledExecutorService scheduler) {
        return (delay, task) -> {
            ScheduledFuture<?> planned = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        };
    }
}
