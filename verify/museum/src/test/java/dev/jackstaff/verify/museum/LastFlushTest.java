package dev.jackstaff.verify.museum;

import dev.jackstaff.runtime.ConfiguredExporter;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.ExportOptions;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeExporter;
import dev.jackstaff.testkit.TestEvents;
import dev.jackstaff.verify.museum.LastFlushTest.Stopping;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/// D-36: the last flush at the end had no limit, so that a sink that hangs kept the process from ending; exporters were never
/// closed.
class LastFlushTest implements Exhibit<Stopping> {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Threads ending = new Threads(), workers = new Threads();
    private final FakeClock clock = new FakeClock(Flags.NOW);
    private final FakeExporter sink = new FakeExporter(false);

    @FunctionalInterface
    interface Stopping {
        /// Records an event and stops. Waits until it has stopped, if it does.
        void recordAndStop() throws IOException;
    }

    @AfterEach
    void letGo() {
        ending.interrupt();
        workers.interrupt();
    }

    @Override
    public Stopping twin() {
        return () -> sink.export(TestEvents.evaluations(0, 1), LIMIT);
    }

    @Override
    public Stopping ours() {
        Events events = Events.start("museum",
                List.of(new ConfiguredExporter("fake", sink, ExportOptions.DEFAULT)), Flags.resources(clock, workers));
        return () -> {
            TestEvents.evaluations(0, 1).forEach(events::record);
            CompletableFuture<Void> closed = events.close(LIMIT);
            while (!closed.isDone()) clock.advance(LIMIT);
        };
    }

    @Override
    public Optional<String> examine(Stopping events) {
        sink.hangs();
        ending.execute(() -> {
            try {
                events.recordAndStop();
            } catch (IOException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        if (!ending.stuck().isEmpty()) return Optional.of("it does not stop");
        return Exhibit.when(!sink.calls().contains("close"), "the exporter is not closed");
    }
}
