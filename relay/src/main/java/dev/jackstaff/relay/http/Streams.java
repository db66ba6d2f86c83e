package dev.jackstaff.relay.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The streams of all event loops of a listener, counted. Thread-safe.
final class Streams {
    private final int atOnce;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<End, LongAdder> ended = new EnumMap<>(End.class);
    private volatile boolean stopping; // writer: the stop, once
    final LongAdder reloads = new LongAdder();

    Streams(int atOnce) {
        this.atOnce = atOnce;
        for (End end : End.values()) ended.put(end, new LongAdder());
    }

    /// Takes a place for one more stream, if there is one.
    boolean enter() {
        boolean enters = !stopping && open.getAndUpdate(now -> Math.min(now + 1, atOnce)) < atOnce;
        (enters ? opened : refused).increment();
        return enters;
    }

    void leave(End why) {
        open.decrementAndGet();
        count(why).increment();
    }

    /// Lets nobody in from here on.
    void stop() {
        stopping = true;
    }

    private LongAdder count(End why) {
        return Objects.requireNonNull(ended.get(why));
    }

    StreamCounts counts() {
        return new StreamCounts(
                open.get(), opened.sum(), refused.sum(), reloads.sum(), count(End.LEFT).sum(), count(End.LAGGED).sum(),
                count(End.STALLED).sum(), count(End.SILENT).sum(), count(End.AGED).sum(), count(End.REVOKED).sum(),
                count(End.STOPPED).sum());
    }
}
