package dev.jackstaff.runtime;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import dev.jackstaff.engine.snapshot.Compilation;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The flags of one flag set, kept current: retrieved at the start, polled from then on, swapped as one reference.
///
/// Whatever goes wrong after the start changes no answer: a retriever that fails, a document that cannot be read or a flag
/// that is invalid leaves its last good version in force, and the trouble is logged once and shown by [#status].
///
/// Thread-safe. Readers take no lock.
public final class FlagSet implements AutoCloseable {

    private final FlagSetOptions options;
    private final Resources resources;
    private final List<Source> sources;
    private final FlagDocuments documents;
    private final ChangeFeed changes;
    private final Derivations derivations;
    private final Pace pace;
    private final SingleFlight<Refresh> refreshes = new SingleFlight<>(this::retrieveAll);
    private final FlagSetLog log;
    private final State nothing;
    private volatile State state; // writer: the refresh under way, of which there is one
    private volatile @Nullable Runnable takeNextPollBack; // writer: the end of a poll, the start before that
    private volatile boolean closed; // writer: close

    private FlagSet(FlagSetOptions options, List<Retriever> retrievers, Resources resources) {
        this.options = options;
        this.resources = resources;
        sources = retrievers.stream().map(retriever -> new Source(retriever, resources)).toList();
        documents = new FlagDocuments(options.syntax(), options.compile().refuseEmpty());
        changes = new ChangeFeed(options.name(), resources.workers());
        pace = new Pace(options, resources.random());
        log = new FlagSetLog(options.name());
        List<SourceState> unknown = sources.stream().map(source -> SourceState.unknown(source.name())).toList();
        nothing = new State(0, Snapshot.empty(options.compile()), unknown, List.of(), false, null);
        state = nothing;
        derivations = new Derivations(state.snapshot());
    }

    /// Retrieves once from every retriever, all at the same time, and polls from then on.
    ///
    /// Takes as long as the slowest retriever, and not longer than the limit of one retrieval. The retrievers belong to the
    /// flag set: it closes them, also when it does not start.
    ///
    /// @param retrievers at least one; a later one's definition of a flag wins
    /// @throws FlagSetStartException when a retriever has no usable document, unless
    ///         [FlagSetOptions#startWithRetrieverError] allows to start without
    public static FlagSet start(FlagSetOptions options, List<Retriever> retrievers, Resources resources)
            throws FlagSetStartException {
        FlagSet flags = new FlagSet(options, retrievers, resources);
        Instant begun = resources.clock().instant();
        flags.refreshes.join().join();
        flags.keepLastFlags();
        if (!flags.state.isLoaded() && !options.startWithRetrieverError()) {
            flags.close();
            throw new FlagSetStartException("flag set " + options.name() + " has no usable document",
                    flags.state.problems().stream().filter(Problem::isError).toList());
        }
        flags.planNextPoll(begun);
        return flags;
    }

    /// As configured.
    public String name() {
        return options.name();
    }

    /// Whether every retriever has delivered a usable document since the start, or the flags of an earlier run are served
    /// meanwhile; once true it stays so.
    public boolean isLoaded() {
        return state.isLoaded();
    }

    /// What is served now. Take it once for everything that belongs together.
    public Snapshot snapshot() {
        return state.snapshot();
    }

    /// Refreshes now, beginning after this call; all who ask while a refresh runs share the next one.
    public CompletableFuture<Refresh> refresh() {
        return refreshes.fresh();
    }

    /// Tells of every change from here on.
    public void listen(ChangeListener listener) {
        changes.add(listener, state, () -> state);
    }

    /// Tells of the flags in force as a change from no flags at all, if there are any, and of every change from here on.
    public void listenFromNothing(ChangeListener listener) {
        changes.add(listener, nothing, () -> state);
    }

    /// Works out a value from the snapshot in force, and again from every later one before it is served.
    ///
    /// What it supplies belongs to one snapshot, which for a moment may be the one after that of [#snapshot]: a value that
    /// is used together with its snapshot has to hold on to it. A refresh is complete when both are there.
    public <T> Supplier<T> derive(Derivation<T> derivation) {
        return derivations.add(derivation);
    }

    public FlagSetStatus status() {
        State now = state;
        List<RetrieverHealth> health = IntStream.range(0, sources.size())
                .mapToObj(i -> health(now.sources().get(i), sources.get(i)))
                .toList();
        return new FlagSetStatus(options.name(), now.revision(), now.isLoaded(), now.lastRefresh(),
                now.snapshot().definitions().size(), now.snapshot().quarantined(), health, now.problems());
    }

    /// Stops polling and closes the retrievers. What was served last can still be read.
    @Override
    public void close() {
        closed = true;
        Runnable takeBack = takeNextPollBack;
        if (takeBack != null) takeBack.run();
        sources.forEach(Source::close);
    }

    private static RetrieverHealth health(SourceState state, Source source) {
        return new RetrieverHealth(state.source(), state.isGood(), state.lastGood(), state.failingSince(),
                state.failures(), source.lateResults(), state.problems());
    }

    private void poll() {
        Instant begun = resources.clock().instant();
        CompletableFuture<Refresh> unused = refreshes.join().whenComplete((refresh, failure) -> planNextPoll(begun));
    }

    private void planNextPoll(Instant begun) {
        if (closed) return;
        pace.next(state.hasSources()).ifPresent(distance -> {
            Duration left = distance.minus(Duration.between(begun, resources.clock().instant()));
            takeNextPollBack = resources.timer().after(left.isNegative() ? Duration.ZERO : left, this::poll);
        });
    }

    private CompletableFuture<Refresh> retrieveAll() {
        State before = state;
        List<CompletableFuture<Outcome>> outcomes = IntStream.range(0, sources.size())
                .mapToObj(i -> retrieve(sources.get(i), before.sources().get(i)))
                .toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApplyAsync(all -> apply(before, outcomes.stream().map(CompletableFuture::join).toList()),
                        resources.workers());
    }

    private CompletableFuture<Outcome> retrieve(Source source, SourceState before) {
        return source.retrieve(before.seen(), options.retrieveLimit())
                .handleAsync((retrieval, failure) -> outcome(source, before, retrieval, failure), resources.workers());
    }

    private Outcome outcome(Source source, SourceState before, @Nullable Retrieval retrieval,
            @Nullable Throwable failure) {
        if (retrieval instanceof Retrieval.Content content) return documents.read(content, source, before);
        if (retrieval instanceof Retrieval.Unchanged unchanged) return new Outcome.Same(unchanged.revision());
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : Objects.requireNonNull(failure);
        return new Outcome.Failed(SourceState.fault(source.name(), String.valueOf(cause.getMessage()), null));
    }

    private Refresh apply(State before, List<Outcome> outcomes) {
        Instant now = resources.clock().instant();
        List<SourceState> after = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) after.add(outcomes.get(i).applyTo(before.sources().get(i), now));
        boolean anyNew = outcomes.stream().anyMatch(Outcome.Loaded.class::isInstance);
        boolean isKept = before.isKept() && !after.stream().allMatch(SourceState::isLoaded);
        State retrieved = new State(before.revision(), before.snapshot(), after, before.flagProblems(), isKept,
                after.stream().allMatch(SourceState::isGood) ? now : before.lastRefresh());
        State next = anyNew && !isKept ? compiled(retrieved, retrieved.layers()) : retrieved;
        if (next.snapshot() != before.snapshot()) derivations.advance(next.snapshot());
        state = next;
        log.tellProblems(before, next);
        if (next.revision() != before.revision()) changes.publish(next);
        return new Refresh(next.isGood(), next.revision() != before.revision(), next.revision(), next.problems());
    }

    /// From here on what is served is written down. Where nothing can be served, the flags that were served last are.
    private void keepLastFlags() {
        Path file = options.lastFlags();
        if (file == null) return;
        LastFlags last = new LastFlags(options.name(), file);
        if (!state.isLoaded()) serve(last);
        if (state.isKept()) listen(last);
        else
            listenFromNothing(last);
    }

    private void serve(LastFlags last) {
        try {
            Reading reading = last.read();
            if (reading == null) return;
            State before = state;
            if (reading instanceof FlagFile kept) {
                State next = compiled(new State(before.revision(), before.snapshot(), before.sources(), List.of(), true,
                        null), List.of(kept));
                derivations.advance(next.snapshot());
                state = next;
                log.tellKept(last.file());
                log.tellProblems(before, next);
                changes.publish(next);
            } else {
                log.tellUnusable(last.file(), String.valueOf(reading.problems()));
            }
        } catch (IOException e) {
            log.tellUnusable(last.file(), String.valueOf(e.getMessage()));
        }
    }

    private static State compiled(State retrieved, List<FlagFile> layers) {
        Snapshot before = retrieved.snapshot();
        Compilation compilation = before.next(layers.size() == 1 ? layers.get(0) : FlagFile.merge(layers));
        Snapshot after = compilation instanceof Compilation.Compiled compiled ? compiled.snapshot() : before;
        boolean changed = !Changes.between(before.definitions(), after.definitions()).isEmpty();
        return new State(retrieved.revision() + (changed ? 1 : 0), after, retrieved.sources(),
                compilation.problems(), retrieved.isKept(), retrieved.lastRefresh());
    }
}
