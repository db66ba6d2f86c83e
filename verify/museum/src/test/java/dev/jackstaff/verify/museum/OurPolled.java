package dev.jackstaff.verify.museum;

import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.runtime.FlagSetOptions;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.testkit.FakeClock;
import java.util.List;
import java.util.concurrent.Executor;

/// A flag set of ours.
record OurPolled(FlagSet flags, FakeClock clock) implements Polled, AutoCloseable {
    static OurPolled start(Executor workers, Retriever... sources) throws Exception {
        return start(Flags.options(), workers, sources);
    }

    static OurPolled start(FlagSetOptions options, Executor workers, Retriever... sources) throws Exception {
        FakeClock clock = new FakeClock(Flags.NOW);
        return new OurPolled(Flags.started(options, List.of(sources), clock, workers), clock);
    }

    @Override
    public void poll() {
        clock.advance(Flags.INTERVAL);
    }

    @Override
    public String variation(String flag) {
        return Flags.variation(flags, flag);
    }

    @Override
    public void close() {
        flags.close();
    }
}
