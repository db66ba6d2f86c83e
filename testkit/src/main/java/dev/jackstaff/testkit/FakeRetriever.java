package dev.jackstaff.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Revision;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A retriever that serves what the test says, and records how it is called. Thread-safe.
public final class FakeRetriever implements Retriever {

    private record Text(String text) implements Revision {}

    private final String source;
    private final List<String> calls = new ArrayList<>();
    private @Nullable Syntax syntax;
    private String document = "";
    private @Nullable String initFailure;
    private @Nullable String failure;
    private @Nullable CountDownLatch stall;
    private boolean closed;

    public FakeRetriever(String source, String document) {
        this.source = source;
        this.document = document;
    }

    /// Serves this document from now on.
    public synchronized void serves(String document) {
        this.document = document;
        failure = null;
    }

    /// Fails each retrieve from now on, until told to serve.
    public synchronized void fails(String message) {
        failure = message;
    }

    /// Fails each init from now on; null lets it succeed.
    public synchronized void failsToInit(@Nullable String message) {
        initFailure = message;
    }

    /// Says its notation itself.
    public synchronized void speaks(Syntax syntax) {
        this.syntax = syntax;
    }

    /// Keeps each retrieve from returning, whatever its limit, until the returned task is run: a retriever that breaks its
    /// promise.
    public synchronized Runnable hangs() {
        CountDownLatch latch = new CountDownLatch(1);
        stall = latch;
        return () -> goOn(latch);
    }

    /// What was called so far, in order: `init`, `retrieve`, `close`.
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public synchronized Optional<Syntax> syntax() {
        return Optional.ofNullable(syntax);
    }

    @Override
    public synchronized void init(Duration limit) throws IOException {
        record("init");
        if (initFailure != null) throw new IOException(initFailure);
    }

    @Override
    public Retrieval retrieve(@Nullable Revision known, Duration limit) throws IOException {
        Retrieval retrieval = answer(known);
        waitWhileStalled();
        return retrieval;
    }

    @Override
    public synchronized void close() {
        calls.add("close");
        closed = true;
    }

    private synchronized Retrieval answer(@Nullable Revision known) throws IOException {
        record("retrieve");
        if (failure != null) throw new IOException(failure);
        Revision revision = new Text(document);
        return revision.equals(known)
                ? new Retrieval.Unchanged(revision)
                : new Retrieval.Content(document.getBytes(UTF_8), revision);
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
