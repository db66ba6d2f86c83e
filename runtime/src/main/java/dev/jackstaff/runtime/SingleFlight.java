package dev.jackstaff.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs a job at most once at a time, and lets at most one more wait.
///
/// Whoever asks while the job runs and needs a result that begins *after* the question shares the one waiting run with all
/// others who ask. So any number of callers costs two runs, and runs never overlap. Thread-safe; the lock is never held
/// while a job runs.
final class SingleFlight<T> {

    private final Supplier<CompletableFuture<T>> job;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<T> running;
    private @Nullable CompletableFuture<T> waiting;

    SingleFlight(Supplier<CompletableFuture<T>> job) {
        this.job = job;
    }

    /// The run that is under way, or a new one.
    CompletableFuture<T> join() {
        return enter(false);
    }

    /// A run that begins after this call.
    CompletableFuture<T> fresh() {
        return enter(true);
    }

    /// Completes when no run is under way, with or without success.
    CompletableFuture<?> idle() {
        lock.lock();
        try {
            CompletableFuture<T> last = waiting == null ? running : waiting;
            return last == null ? CompletableFuture.completedFuture(null) : last.handle((result, failure) -> null);
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<T> enter(boolean afterNow) {
        CompletableFuture<T> mine;
        lock.lock();
        try {
            if (running != null) {
                if (!afterNow) return running;
                if (waiting == null) waiting = new CompletableFuture<>();
                return waiting;
            }
            mine = new CompletableFuture<>();
            running = mine;
        } finally {
            lock.unlock();
        }
        start(mine);
        return mine;
    }

    private void start(CompletableFuture<T> run) {
        CompletableFuture<T> unused = job.get().whenComplete((result, failure) -> {
            CompletableFuture<T> next = landed();
            if (failure == null) run.complete(result);
            else
                run.completeExceptionally(failure);
            if (next != null) start(next);
        });
    }

    private @Nullable CompletableFuture<T> landed() {
        lock.lock();
        try {
            running = waiting;
            waiting = null;
            return running;
        } finally {
            lock.unlock();
        }
    }
}
