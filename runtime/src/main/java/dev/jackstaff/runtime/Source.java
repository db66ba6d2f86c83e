package dev.jackstaff.runtime;

import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Revision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One retriever and the call that runs in it.
///
/// At most one call runs at a time, also when it outlives its limit: then nobody waits for it any longer, further attempts
/// fail at once until it ends, and its result is dropped and counted. So a retriever that hangs costs one thread, for ever
/// if need be, and holds up nobody. Thread-safe.
final class Source {

    /// What a call gets on top of its limit, so that the retriever's own, better message comes first.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Retriever retriever;
    private final Resources resources;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong lateResults = new AtomicLong();
    private volatile boolean initialised; // writer: the running call only

    Source(Retriever retriever, Resources resources) {
        this.retriever = retriever;
        this.resources = resources;
    }

    Retriever retriever() {
        return retriever;
    }

    String name() {
        return retriever.source();
    }

    long lateResults() {
        return lateResults.get();
    }

    /// Initialises the retriever if need be and retrieves; completes within the limit and a little, with an [IOException]
    /// when there is no document.
    CompletableFuture<Retrieval> retrieve(@Nullable Revision known, Duration limit) {
        if (!busy.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(
                    new IOException("the call before has not ended yet, long after its limit of " + limit));
        }
        CompletableFuture<Retrieval> result = new CompletableFuture<>();
        Runnable stopWaiting = resources.timer()
                .after(limit.plus(GRACE),
                        () -> result.completeExceptionally(new IOException("no result within " + limit)));
        CompletableFuture<Retrieval> unused = result.whenComplete((retrieval, failure) -> stopWaiting.run());
        try {
            resources.workers().execute(() -> call(known, limit, result));
        } catch (RejectedExecutionException rejected) {
            busy.set(false);
            result.completeExceptionally(new IOException("no thread to retrieve with", rejected));
        }
        return result;
    }

    void close() {
        retriever.close();
    }

    // Whatever a retriever throws stays here: its own flags wait, the others' do not.
    @SuppressWarnings("CatchingUnchecked")
    private void call(@Nullable Revision known, Duration limit, CompletableFuture<Retrieval> result) {
        Retrieval retrieval = null;
        Throwable failure = null;
        try {
            retrieval = initialisedAndRetrieved(known, limit);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        // Before the result is known, so that whoever acts on it finds the retriever free.
        busy.set(false);
        boolean inTime = failure == null ? result.complete(retrieval) : result.completeExceptionally(failure);
        if (!inTime) lateResults.incrementAndGet();
    }

    private Retrieval initialisedAndRetrieved(@Nullable Revision known, Duration limit) throws IOException {
        Instant begin = resources.clock().instant();
        if (!initialised) {
            retriever.init(limit);
            initialised = true;
        }
        Duration left = limit.minus(Duration.between(begin, resources.clock().instant()));
        return retriever.retrieve(known, left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
    }
}
