package dev.jackstaff.relay;

import dev.jackstaff.runtime.Resources;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The threads that flag sets work with: a virtual one for each thing that can wait, and one that keeps the time.
final class FlagSetThreads implements AutoCloseable {
    private final ExecutorService workers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("flags").factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("flags-timer").factory());

    Resources resources() {
        return Resources.of(workers, timer);
    }

    /// Runs a short task again and again until all this is closed. It must not throw.
    void every(Duration pause, Runnable task) {
        ScheduledFuture<?> _ =
                timer.scheduleWithFixedDelay(task, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Does not wait for a retriever that hangs: virtual threads keep no process alive.
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
    }
}
