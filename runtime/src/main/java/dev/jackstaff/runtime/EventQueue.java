package dev.jackstaff.runtime;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One exporter with the events that wait for it, and the worker that carries them there: at the interval, when enough wait,
/// or as they come where the exporter wants that.
///
/// A batch that fails is tried again after 1 s, 2 s, 4 s and so on, up to a minute, each varied by a tenth; nothing
/// overtakes it. At most one call runs in the exporter at a time, never on the thread that offers. Thread-safe; offering
/// never waits.
final class EventQueue {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
    private static final double SPREAD = 0.1;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /// An exporter that has not taken a batch for so long is slow, or waits for a sink that is.
    private static final Duration SWIFT = Duration.ofMillis(200);

    private final String kind;
    private final Exporter exporter;
    private final ExportOptions options;
    private final Resources resources;
    private final RandomGenerator random; // used by the worker only
    private final EventBuffer buffer;
    private final EventLog log;
    private final LongAdder exported = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean due; // writers: whoever wants everything delivered that waits; the worker that does it
    private volatile boolean pausing; // writers: the worker that failed; the timer after that
    private final AtomicReference<@Nullable Instant> deadline = new AtomicReference<>(); // null while open
    private volatile Runnable takeFlushBack = () -> {}; // writers: start, then the timer
    private volatile Runnable takeRetryBack = () -> {}; // writer: the worker
    private volatile Trouble trouble = Trouble.NONE; // writer: the worker
    private volatile @Nullable Instant taken; // when the last batch was; writer: the worker

    // Written by the worker only, of which there is one.
    private boolean initialised;
    private int retries;

    /// What is known of the exporter's failures. Immutable.
    private record Trouble(@Nullable Instant lastExport, @Nullable Instant since, @Nullable String problem) {
        private static final Trouble NONE = new Trouble(null, null, null);
    }

    private EventQueue(String flagSet, ConfiguredExporter configured, Resources resources) {
        kind = configured.kind();
        exporter = configured.exporter();
        options = configured.options();
        this.resources = resources;
        random = new SplittableRandom(resources.random().nextLong());
        buffer = new EventBuffer(
                EventBuffer.Bounds.of(options.maxEventInMemory(), Runtime.getRuntime().maxMemory()));
        log = new EventLog(flagSet, kind, exporter.sink());
    }

    static EventQueue start(String flagSet, ConfiguredExporter configured, Resources resources) {
        EventQueue queue = new EventQueue(flagSet, configured, resources);
        if (!queue.exporter.immediate()) queue.planNextFlush();
        return queue;
    }

    ExportOptions options() {
        return options;
    }

    /// Takes an event. It is lost, and counted, when too many wait or the queue was closed.
    void offer(Event event) {
        buffer.offer(event);
        if (over.get()) buffer.clear();
        else if (isDue()) wake();
    }

    /// Whether a whole batch waits already, for an exporter that will take it soon.
    boolean isBehind() {
        Instant last = taken;
        return last != null && !pausing && !over.get() && buffer.holds(options.maxEventInMemory())
                && Duration.between(last, resources.clock().instant()).compareTo(SWIFT) < 0;
    }

    ExporterHealth health() {
        Trouble now = trouble;
        return new ExporterHealth(
                kind, exporter.sink(), options.type(), buffer.offered(), exported.sum(), buffer.dropped(),
                refused.sum(), failures.sum(), buffer.size(), now.lastExport, now.since, now.problem);
    }

    /// Delivers what waits and closes the exporter: when nothing waits any longer, at the latest when the limit is reached.
    /// What is left then is lost and told. Completes when the exporter is closed; closing again joins in.
    CompletableFuture<Void> close(Duration limit) {
        if (!deadline.compareAndSet(null, resources.clock().instant().plus(limit))) return done;
        Runnable takeEndBack = resources.timer().after(limit, this::finish);
        CompletableFuture<Void> unused = done.whenComplete((nothing, failure) -> {
            takeEndBack.run();
            takeRetryBack.run();
        });
        takeFlushBack.run();
        takeRetryBack.run();
        pausing = false;
        wake();
        return done;
    }

    private void planNextFlush() {
        takeFlushBack = resources.timer().after(options.flushInterval(), () -> {
            if (isClosing()) return;
            if (buffer.size() > 0) {
                due = true;
                wake();
            }
            planNextFlush();
        });
    }

    private boolean isClosing() {
        return deadline.get() != null;
    }

    private boolean isDue() {
        if (isClosing()) return true;
        if (due || exporter.immediate()) return buffer.size() > 0;
        return buffer.holds(options.maxEventInMemory());
    }

    private void wake() {
        if (pausing || !working.compareAndSet(false, true)) return;
        try {
            resources.workers().execute(this::work);
        } catch (RejectedExecutionException shutDown) {
            working.set(false);
            if (isClosing()) finish();
        }
    }

    private void work() {
        try {
            while (!pausing && isDue()) {
                deliverWhatWaits();
                if (isClosing() && buffer.size() == 0) {
                    finish();
                    break;
                }
            }
        } finally {
            working.set(false);
        }
        // Whoever offered in between found a worker that was about to leave.
        if (!over.get() && !pausing && isDue()) wake();
    }

    /// What comes meanwhile waits for the next time, so that a trickle does not become a call for each event.
    private void deliverWhatWaits() {
        due = false;
        long left = buffer.size();
        while (left > 0 && !pausing) {
            List<Event> batch = buffer.next();
            taken = resources.clock().instant();
            // The end may have come between the look and the batch.
            if (over.get()) giveUp();
            if (over.get() || batch.isEmpty()) return;
            left -= deliver(batch);
        }
    }

    /// Returns how many events are settled; none when it has to be tried again later.
    // Whatever an exporter throws stays here: its own events wait, the others' do not.
    @SuppressWarnings("CatchingUnchecked")
    private int deliver(List<Event> batch) {
        Delivery delivery;
        try {
            delivery = initialisedAndExported(batch);
        } catch (Throwable thrown) {
            failed(reason(thrown));
            return 0;
        }
        int settled = batch.size() - delivery.again().size();
        if (settled <= 0) {
            failed(delivery.reason());
            return 0;
        }
        if (!buffer.settle(batch, delivery.again())) return settled;
        exported.add(settled - delivery.refused());
        refused.add(delivery.refused());
        if (delivery.refused() > 0) log.refused(delivery.refused(), delivery.reason());
        succeeded();
        return settled;
    }

    private Delivery initialisedAndExported(List<Event> batch) throws IOException {
        Instant begin = resources.clock().instant();
        Duration limit = limit(begin);
        if (!initialised) {
            exporter.init(limit);
            initialised = true;
        }
        Duration left = limit.minus(Duration.between(begin, resources.clock().instant()));
        return exporter.export(batch, left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
    }

    private Duration limit(Instant now) {
        Instant end = deadline.get();
        if (end == null) return options.exportLimit();
        Duration left = Duration.between(now, end);
        if (left.compareTo(SHORTEST) < 0) return SHORTEST;
        return left.compareTo(options.exportLimit()) < 0 ? left : options.exportLimit();
    }

    private void succeeded() {
        retries = 0;
        if (trouble.since != null) log.works();
        trouble = new Trouble(resources.clock().instant(), null, null);
        log.dropping(buffer.dropped());
    }

    private void failed(String reason) {
        if (over.get()) return;
        failures.increment();
        Trouble before = trouble;
        if (before.since == null) log.fails(reason);
        trouble = new Trouble(
                before.lastExport, before.since == null ? resources.clock().instant() : before.since, reason);
        log.dropping(buffer.dropped());
        due = true;
        pausing = true;
        takeRetryBack = resources.timer().after(nextRetry(), () -> {
            pausing = false;
            wake();
        });
    }

    /// While it is being closed there is no time to spare a broken sink.
    private Duration nextRetry() {
        Duration retry = isClosing() ? FIRST_RETRY : FIRST_RETRY.multipliedBy(1L << Math.min(retries++, 10));
        Duration bounded = retry.compareTo(LONGEST_RETRY) < 0 ? retry : LONGEST_RETRY;
        return Duration.ofNanos((long) (bounded.toNanos() * (1 + SPREAD * (2 * random.nextDouble() - 1))));
    }

    private void finish() {
        if (!over.compareAndSet(false, true)) return;
        try {
            giveUp();
            exporter.close();
        } finally {
            done.complete(null);
        }
    }

    private void giveUp() {
        long lost = buffer.clear();
        if (lost > 0) log.lost(lost, trouble.problem);
    }

    private static String reason(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof IOException && message != null ? message : thrown.toString();
    }
}
