package dev.jackstaff.relay;

import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.http.ServedFlagSet;
import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.runtime.FlagSetStatus;

/// A flag set of the runtime, as handlers may see it.
record ServedByRuntime(FlagSet flags) implements ServedFlagSet {
    @Override
    public String name() {
        return flags.name();
    }

    @Override
    public Snapshot snapshot() {
        return flags.snapshot();
    }

    @Override
    public FlagSetStatus status() {
        return flags.status();
    }
}
