package dev.jackstaff.runtime;

import dev.jackstaff.engine.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/// Works out something from a snapshot that all who ask can share, such as an answer that is the same for everybody.
///
/// It runs before the snapshot is served, on the thread of the refresh, which waits for it. It must not fail: a refresh
/// that brings a snapshot fails with it.
@FunctionalInterface
public interface Derivation<T> {

    /// @param before what was worked out from the snapshot before; null for the first one
    T from(Snapshot snapshot, @Nullable T before);
}
