package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.runtime.ConfiguredExporter;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.ExportOptions;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeExporter;
import dev.jackstaff.testkit.TestEvents;
import dev.jackstaff.verify.museum.FailingSinkTest.Recorder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// R-D9, D-18: while a sink was down, events piled up without bound, and each further one tried to send all of them again, on
/// the thread of its request.
class FailingSinkTest implements Exhibit<Recorder> {
    private static final int BATCH = 10, EVENTS = 20_000, MOST_WAITING = 15_000, MOST_ATTEMPTS = 10;

    private final FakeExporter sink = new FakeExporter(false);

    interface Recorder {
        void record(Event event);

        long waiting();
    }

    @Override
    public Recorder twin() {
        List<Event> waiting = new ArrayList<>();
        return new Recorder() {
            @Override
            public void record(Event event) {
                waiting.add(event);
                if (waiting.size() < BATCH) return;
                try {
                    sink.export(waiting, Duration.ofSeconds(1));
                    waiting.clear();
                } catch (IOException down) {
                    // with the next event
                }
            }

            @Override
            public long waiting() {
                return waiting.size();
            }
        };
    }

    @Override
    public Recorder ours() {
        ExportOptions options = new ExportOptions(
                ExportOptions.DEFAULT.type(), Flags.INTERVAL, BATCH, Duration.ofSeconds(1));
        Events events = Events.start("museum", List.of(new ConfiguredExporter("fake", sink, options)),
                Flags.resources(new FakeClock(Flags.NOW), Runnable::run));
        return new Recorder() {
            @Override
            public void record(Event event) {
                events.record(event);
            }

            @Override
            public long waiting() {
                var health = events.health().getFirst();
                if (health.offered() != health.waiting() + health.dropped())
                    throw new AssertionError(health.toString());
                return health.waiting();
            }
        };
    }

    @Override
    public Optional<String> examine(Recorder events) {
        sink.fails("down");
        for (int i = 0; i < EVENTS; i++) events.record(TestEvents.evaluation("e" + i));
        long attempts = sink.calls().stream().filter("export"::equals).count();
        if (attempts > MOST_ATTEMPTS) return Optional.of(attempts + " attempts within one moment");
        return Exhibit.when(events.waiting() > MOST_WAITING, events.waiting() + " events wait in memory");
    }
}
