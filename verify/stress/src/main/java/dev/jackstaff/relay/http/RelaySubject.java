package dev.jackstaff.relay.http;

import dev.jackstaff.runtime.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The relay's own.
final class RelaySubject implements Subject {
    private static final Duration LIMIT = Duration.ofHours(1); // whose end the harness decides

    private final Offload offload;

    RelaySubject(Executor workers, int permits) {
        offload = new Offload(workers, permits);
    }

    @Override
    public @Nullable Started begin(
            Function<Waiting, Response> job, Executor loop, Timer timer, Consumer<Verdict> owner) {
        Handover handover = Handover.begin(
                offload, new Deadline(Ticker.SYSTEM, System.nanoTime() + LIMIT.toNanos(), 0), job, loop, timer, owner);
        return handover == null ? null : new Started() {
            @Override
            public void gone() {
                handover.gone();
            }

            @Override
            public void drain() {
                handover.drain();
            }
        };
    }

    @Override
    public Accounts accounts() {
        Offload.Counts counts = offload.counts();
        return new Accounts(
                counts.refused(), counts.unstarted(), counts.started(), counts.answered(), counts.failed(),
                counts.expired(),
                counts.gone(), counts.draining(), counts.late());
    }

    @Override
    public int free() {
        return offload.counts().free();
    }
}
