package dev.jackstaff.relay;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.relay.config.FlagSetConfig;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.ServedFlagSet;
import dev.jackstaff.relay.http.Topic;
import dev.jackstaff.relay.publication.Publication;
import dev.jackstaff.relay.stream.ChangeTopic;
import dev.jackstaff.relay.stream.RefetchTopic;
import dev.jackstaff.runtime.ChangeListener;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.FlagChangeLog;
import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.runtime.FlagSetStartException;
import dev.jackstaff.runtime.FlagSetStatus;
import dev.jackstaff.runtime.Refresh;
import dev.jackstaff.runtime.Resources;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Retriever;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A flag set of the runtime with what it was configured as. Thread-safe.
final class LiveFlagSet implements ServedFlagSet, AutoCloseable {
    /// How long the last events of a flag set may take to be delivered.
    static final Duration EXPORT_GRACE = Duration.ofSeconds(5);

    private final FlagSetConfig config;
    private final FlagSet flags;
    private final Events events;
    private final Supplier<Publication> publications;
    private final boolean watched, quiet;
    private final ChangeTopic topic = new ChangeTopic();
    private final @Nullable RefetchTopic refetches;
    private volatile boolean ready; // writers: readers that find flags loaded; it stays true

    /// What flag sets do only where it is configured.
    ///
    /// @param watched   whether somebody wants to know what each answer came from
    /// @param refetches whether clients of OFREP are told to ask again
    record Extras(boolean watched, boolean refetches) {
        static Extras of(RelayConfig config) {
            return new Extras(config.tracing() != null, config.eventStreams());
        }
    }

    private LiveFlagSet(
            FlagSetConfig config, FlagSet flags, Events events, Extras extras, InstantSource clock,
            ChangeListener changes) {
        this.config = config;
        this.flags = flags;
        this.events = events;
        watched = extras.watched;
        publications = flags.derive((snapshot, before) -> Publication.of(snapshot, before, clock.instant()));
        quiet = config.quietStart() && flags.isLoaded();
        listen(changes);
        flags.listen(topic);
        refetches = extras.refetches ? new RefetchTopic(publications) : null;
        if (refetches != null) flags.listen(refetches);
        ready = config.options().startWithRetrieverError() || flags.isLoaded();
    }

    /// Begins to load the flags of all at the same time. One whose flags cannot be loaded is not ready and goes on trying.
    ///
    /// @param changes hears of all flags that change, those of the first load included unless that shall be quiet
    static List<CompletableFuture<LiveFlagSet>> beginAll(
            List<FlagSetConfig> configs, Extras extras, Resources resources, ChangeListener changes)
            throws InvalidSettingsException {
        List<CompletableFuture<LiveFlagSet>> starting = new ArrayList<>();
        for (FlagSetConfig config : configs) {
            List<Retriever> retrievers = config.createRetrievers();
            Events events = Events.start(config.name(), config.createExporters(), resources);
            starting.add(CompletableFuture.supplyAsync(
                    () -> start(config, retrievers, events, extras, resources, changes), resources.workers()));
        }
        return starting;
    }

    private static LiveFlagSet start(
            FlagSetConfig config, List<Retriever> retrievers, Events events, Extras extras, Resources resources,
            ChangeListener changes) {
        try {
            return new LiveFlagSet(
                    config,
                    FlagSet.start(config.options().withStartWithRetrieverError(true), retrievers, resources),
                    events,
                    extras,
                    resources.clock(),
                    changes);
        } catch (FlagSetStartException e) {
            throw new IllegalStateException("it may start without flags", e);
        }
    }

    /// It hears of the flags that are there from the start as added, unless that shall be quiet.
    private void listen(ChangeListener listener) {
        if (quiet) flags.listen(listener);
        else
            flags.listenFromNothing(listener);
    }

    /// From here on flags that change are logged; those of the start as added, unless that shall be quiet. To be called once it
    /// is served: nobody who waits for a thousand flags waits for a thousand lines about them.
    void logChanges() {
        listen(new FlagChangeLog());
    }

    FlagSetConfig config() {
        return config;
    }

    @Override
    public String name() {
        return flags.name();
    }

    @Override
    public boolean isReady() {
        if (!ready) ready = flags.isLoaded();
        return ready;
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    @Override
    public Publication publication() {
        return publications.get();
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Topic changes() {
        return topic;
    }

    @Override
    public @Nullable RefetchTopic refetches() {
        return refetches;
    }

    @Override
    public FlagSetStatus status() {
        return flags.status();
    }

    /// Refreshes now; see [FlagSet#refresh].
    CompletableFuture<Refresh> refresh() {
        return flags.refresh();
    }

    /// What keeps it from being good.
    List<Problem> errors() {
        return flags.status().problems().stream().filter(Problem::isError).toList();
    }

    /// Stops polling and begins to deliver what events there are, without waiting for that; requests under way can still
    /// read what was served last, and record events until there are none left.
    @Override
    public void close() {
        flags.close();
        CompletableFuture<Void> _ = delivered();
    }

    /// Closes the exporters: completes when everything is delivered, and within [#EXPORT_GRACE].
    CompletableFuture<Void> delivered() {
        return events.close(EXPORT_GRACE);
    }
}
