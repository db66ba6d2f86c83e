package dev.jackstaff.relay.http;

import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.publication.Publication;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.FlagSetStatus;
import java.time.Instant;
import java.util.List;

/// Lets everybody in, to the same flags.
public record OpenGate(Snapshot flags) implements Gatekeeper {

    /// In front of no flags at all.
    public static OpenGate toNothing() {
        return new OpenGate(Snapshot.empty(CompileOptions.DEFAULT));
    }

    @Override
    public Or<Client> client(Credentials credentials, Style style) {
        return Or.next(new Client(new Fixed("default", flags)));
    }

    @Override
    public Or<Pass> subscriber(Credentials credentials, Style style) {
        return Or.next(new Pass(new Fixed("default", flags), () -> true));
    }

    @Override
    public Or<Administrator> administrator(Credentials credentials, Style style) {
        return Or.next(new Administrator(null));
    }

    /// A flag set that never changes.
    public record Fixed(String name, Publication publication, Events events) implements ServedFlagSet {
        public Fixed(String name, Snapshot snapshot) {
            this(name, snapshot, Events.NONE);
        }

        public Fixed(String name, Snapshot snapshot, Events events) {
            this(name, Publication.of(snapshot, null, Instant.ofEpochSecond(1_700_000_000)), events);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Topic changes() {
            return new FakeTopic();
        }

        @Override
        public FlagSetStatus status() {
            return new FlagSetStatus(
                    name, 1, true, Instant.ofEpochSecond(1_700_000_000),
                    publication.snapshot().definitions().size(), List.of(), List.of(), List.of());
        }
    }
}
