package dev.jackstaff.relay.http;

import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.publication.Publication;

/// A request that has passed every stage before its handler. Only the pipeline makes one. Immutable.
public final class Decoded<T> {
    private final Request request;
    private final ServedFlagSet flagSet;
    private final Publication publication;
    private final T value;

    Decoded(Request request, ServedFlagSet flagSet, T value) {
        this.request = request;
        this.flagSet = flagSet;
        this.publication = flagSet.publication();
        this.value = value;
    }

    public Request request() {
        return request;
    }

    /// The caller's flag set.
    public ServedFlagSet flagSet() {
        return flagSet;
    }

    /// The caller's flags, taken once, so that one answer sees one revision.
    public Publication publication() {
        return publication;
    }

    public Snapshot snapshot() {
        return publication.snapshot();
    }

    public T value() {
        return value;
    }
}
