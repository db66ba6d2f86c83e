package dev.jackstaff.runtime;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The events of one exporter that wait, in memory: the batch that is being delivered, and behind it the others, oldest
/// first. Both are bounded in number and in weight; when too many wait, the oldest behind the batch are dropped.
///
/// The exporting side knows events only through [#next] and [#settle], so a log on a disk can stand in this place.
///
/// Any thread may offer or clear, and never waits for another. One thread at a time takes and settles.
final class EventBuffer {

    /// How much one batch may be, and how much may wait behind it.
    ///
    /// @param batch        events in one batch
    /// @param batchWeight  a batch ends with the event that reaches this
    /// @param waiting      events behind the batch
    /// @param waitingWeight of these together
    record Bounds(int batch, long batchWeight, int waiting, long waitingWeight) {
        private static final int SMALLEST_BATCH = 1_000;
        private static final int SMALLEST_WAITING = 10_000;
        private static final int PART_OF_THE_HEAP = 16;
        private static final long LEAST_WEIGHT = 4L << 20, MOST_WEIGHT = 64L << 20;
        private static final int PART_OF_WHAT_WAITS = 8;
        private static final long LEAST_BATCH = 1L << 20, MOST_BATCH = 4L << 20;

        /// Twice as many events wait as are wanted in memory. A batch has no more than these, but where they are few, an
        /// outage must not be followed by thousands of small batches. In a small heap a batch is small, too: with the one that comes
        /// together meanwhile it should find room among the young objects.
        ///
        /// @param heap bytes there are for everything; what waits takes its part of them
        static Bounds of(int maxEventInMemory, long heap) {
            long waitingWeight = Math.max(LEAST_WEIGHT, Math.min(heap / PART_OF_THE_HEAP, MOST_WEIGHT));
            return new Bounds(
                    Math.max(maxEventInMemory, SMALLEST_BATCH),
                    Math.max(LEAST_BATCH, Math.min(waitingWeight / PART_OF_WHAT_WAITS, MOST_BATCH)),
                    Math.max(2 * maxEventInMemory, SMALLEST_WAITING),
                    waitingWeight);
        }
    }

    private record Entry(Event event, int weight) {}

    private final Bounds bounds;
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong count = new AtomicLong(); // of those waiting
    private final AtomicLong weight = new AtomicLong(); // of those waiting
    private final LongAdder offered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final AtomicReference<List<Event>> underWay = new AtomicReference<>(List.of());

    EventBuffer(Bounds bounds) {
        this.bounds = bounds;
    }

    /// Takes an event in. Cost: its weight, and a node of a list.
    void offer(Event event) {
        offered.increment();
        Entry entry = new Entry(event, EventWeight.of(event));
        waiting.add(entry);
        count.incrementAndGet();
        weight.addAndGet(entry.weight);
        while (count.get() > bounds.waiting || weight.get() > bounds.waitingWeight) {
            if (poll() == null) return;
            dropped.increment();
        }
    }

    /// The batch to deliver now: the one that [#settle] left, or the oldest events. Empty when there is nothing.
    List<Event> next() {
        List<Event> left = underWay();
        if (!left.isEmpty()) return left;
        List<Event> batch = new ArrayList<>();
        long batchWeight = 0;
        while (batch.size() < bounds.batch && batchWeight < bounds.batchWeight) {
            Entry entry = poll();
            if (entry == null) break;
            batch.add(entry.event);
            batchWeight += entry.weight;
        }
        List<Event> next = Collections.unmodifiableList(batch);
        underWay.set(next);
        return next;
    }

    /// Ends a batch.
    ///
    /// @param again what of it comes first next time
    /// @return false when the batch has been dropped meanwhile
    boolean settle(List<Event> batch, List<Event> again) {
        return underWay.compareAndSet(batch, again);
    }

    /// Drops everything; returns how many events that were.
    long clear() {
        long lost = requireNonNull(underWay.getAndSet(List.of())).size();
        while (poll() != null) lost++;
        dropped.add(lost);
        return lost;
    }

    private List<Event> underWay() {
        return requireNonNull(underWay.get());
    }

    private @Nullable Entry poll() {
        Entry entry = waiting.poll();
        if (entry == null) return null;
        count.decrementAndGet();
        weight.addAndGet(-entry.weight);
        return entry;
    }

    /// Whether this many wait, or as much as a batch can be.
    boolean holds(int events) {
        return count.get() >= events || weight.get() >= bounds.batchWeight;
    }

    /// How many are to be delivered.
    long size() {
        return underWay().size() + Math.max(0, count.get());
    }

    long offered() {
        return offered.sum();
    }

    long dropped() {
        return dropped.sum();
    }
}
