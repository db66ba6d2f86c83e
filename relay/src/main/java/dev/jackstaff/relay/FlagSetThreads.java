package dev.jackstaff.relay;

import dev.jackstaff.runtime.Resources;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads that flag sets work with: a virtual one for each thing that can wait, one that keeps the time, and some for what
/// keeps a processor busy.
///
/// Those last ones are the system's, which gives each its share. Virtual threads share processors among themselves only when they
/// wait: beside a stream of work that never does, none of the others was run for as long as it lasted, neither exporters nor
/// refreshes (JDK 25, one processor).
final class FlagSetThreads implements AutoCloseable {
    static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService workers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("flags").factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("flags-timer").factory());

    private final ThreadPoolExecutor busy = new ThreadPoolExecutor(
            PROCESSORS, PROCESSORS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("busy-", 0).factory());

    FlagSetThreads() {
        busy.allowCoreThreadTimeOut(true);
    }

    /// For what keeps a processor busy for longer than an event loop may be; a thread for each processor. What is more waits, so
    /// no more than [#PROCESSORS] should be given to it at a time.
    Executor busy() {
        return busy;
    }

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
        busy.shutdown();
    }
}
