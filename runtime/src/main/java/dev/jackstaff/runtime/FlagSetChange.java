package dev.jackstaff.runtime;

import dev.jackstaff.engine.snapshot.Snapshot;

/// From one snapshot to a later one. Immutable.
///
/// @param flagSet  the flag set's name
/// @param revision of `after`
public record FlagSetChange(String flagSet, long revision, Snapshot before, Snapshot after) {}
