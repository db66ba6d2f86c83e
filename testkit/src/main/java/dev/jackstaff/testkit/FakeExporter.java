package dev.jackstaff.testkit;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An exporter that keeps what it gets and does what the test says. Thread-safe.
public final class FakeExporter implements Exporter {

    private final boolean immediate;
    private final List<String> calls = new ArrayList<>();
    private final List<List<String>> batches = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();
    private @Nullable String initFailure;
    private @Nullable String failure;
    private @Nullable CountDownLatch stall;
    private Function<List<Event>, Delivery> answer = events -> Delivery.COMPLETE;
    private boolean running;
    private boolean closed;

    /// @param immediate whether it wants events as they come
    public FakeExporter(boolean immediate) {
        this.immediate = immediate;
    }

    /// Fails each export from now on; null lets it succeed.
    public synchronized void fails(@Nullable String message) {
        failure = message;
    }

    /// Fails each init from now on; null lets it succeed.
    public synchronized void failsToInit(@Nullable String message) {
        initFailure = message;
    }

    /// Answers each batch so from now on.
    public synchronized void answers(Function<List<Event>, Delivery> answer) {
        this.answer = answer;
    }

    /// Keeps each export from returning, whatever its limit, until the returned task is run.
    public synchronized Runnable hangs() {
        CountDownLatch latch = new CountDownLatch(1);
        stall = latch;
        return () -> goOn(latch);
    }

    /// The keys of the events of each batch that was delivered so far.
    public synchronized List<List<String>> batches() {
        return List.copyOf(batches);
    }

    /// The keys of all events that were delivered so far, in order.
    public synchronized List<String> delivered() {
        return batches.stream().flatMap(List::stream).toList();
    }

    /// What was called so far, in order: `init`, `export`, `close`.
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /// The limit of each export so far.
    public synchronized List<Duration> limits() {
        return List.copyOf(limits);
    }

    @Override
    public String sink() {
        return "fake";
    }

    @Override
    public boolean immediate() {
        return immediate;
    }

    @Override
    public synchronized void init(Duration limit) throws IOException {
        record("init");
        if (initFailure != null) throw new IOException(initFailure);
    }

    @Override
    public Delivery export(List<Event> events, Duration limit) throws IOException {
        begin(events, limit);
        try {
            waitWhileStalled();
            return end(events);
        } finally {
            leave();
        }
    }

    @Override
    public synchronized void close() {
        calls.add("close");
        closed = true;
    }

    private synchronized void begin(List<Event> events, Duration limit) {
        record("export");
        if (running) throw new AssertionError("two exports at a time");
        if (events.isEmpty()) throw new AssertionError("an empty batch");
        running = true;
        limits.add(limit);
    }

    private synchronized Delivery end(List<Event> events) throws IOException {
        if (failure != null) throw new IOException(failure);
        Delivery delivery = answer.apply(events);
        batches.add(events.stream().filter(event -> !delivery.again().contains(event)).map(Event::key).toList());
        return delivery;
    }

    private synchronized void leave() {
        running = false;
    }

    private void record(String call) {
        if (closed) throw new IllegalStateException("called after close: " + call);
        calls.add(call);
    }

    private void waitWhileStalled() throws IOException {
        CountDownLatch latch = stalled();
        if (latch == null) return;
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private synchronized @Nullable CountDownLatch stalled() {
        return stall;
    }

    private synchronized void goOn(CountDownLatch latch) {
        stall = null;
        latch.countDown();
    }
}
