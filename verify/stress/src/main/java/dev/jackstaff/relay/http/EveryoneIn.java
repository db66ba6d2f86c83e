package dev.jackstaff.relay.http;

import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.publication.Publication;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.FlagSetStatus;
import java.time.Instant;

/// Lets everybody through, to no flags.
class EveryoneIn implements Gatekeeper {
    <T> Or<T> through(T caller) {
        return Or.next(caller);
    }

    @Override
    public Or<Client> client(Credentials credentials, Style style) {
        return through(new Client(new NoFlags()));
    }

    @Override
    public Or<Pass> subscriber(Credentials credentials, Style style) {
        return through(new Pass(null, () -> true));
    }

    @Override
    public Or<Administrator> administrator(Credentials credentials, Style style) {
        return through(new Administrator(null));
    }

    private record NoFlags(Publication publication) implements ServedFlagSet {
        NoFlags() {
            this(Publication.of(Snapshot.empty(CompileOptions.DEFAULT), null, Instant.EPOCH));
        }

        @Override
        public String name() {
            return "none";
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Events events() {
            return Events.NONE;
        }

        @Override
        public Topic changes() {
            throw new UnsupportedOperationException("nobody listens");
        }

        @Override
        public FlagSetStatus status() {
            throw new UnsupportedOperationException("nobody asks");
        }
    }
}
