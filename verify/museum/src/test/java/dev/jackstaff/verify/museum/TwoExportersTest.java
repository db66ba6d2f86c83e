package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.runtime.ConfiguredExporter;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.ExportOptions;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeExporter;
import dev.jackstaff.testkit.TestEvents;
import dev.jackstaff.verify.museum.TwoExportersTest.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// R-D8, E-D15, D-19: one list for all exporters, cleaned up to the smallest place that any of them has reached; but the place
/// of one that had not delivered anything yet counted as none. What a fast exporter had sent was gone for a slow one.
class TwoExportersTest implements Exhibit<Recorder> {
    private static final int EVENTS = 10;

    interface Recorder {
        void record(Event event);

        /// The interval of the slow one has passed.
        List<String> deliveredToSlow();
    }

    @Override
    public Recorder twin() {
        List<String> waiting = new ArrayList<>();
        int none = Integer.MIN_VALUE;
        int[] slow = {none}, fast = {none};
        return new Recorder() {
            @Override
            public void record(Event event) {
                waiting.add(event.key());
                fast[0] = waiting.size();
                int smallest = none;
                for (int place : new int[]{slow[0], fast[0]})
                    if (smallest == none || place < smallest) smallest = place;
                waiting.subList(0, smallest).clear();
            }

            @Override
            public List<String> deliveredToSlow() {
                return waiting;
            }
        };
    }

    @Override
    public Recorder ours() {
        FakeClock clock = new FakeClock(Flags.NOW);
        FakeExporter slow = new FakeExporter(false), fast = new FakeExporter(true);
        ExportOptions options = ExportOptions.DEFAULT;
        Events events = Events.start("museum",
                List.of(new ConfiguredExporter("slow", slow, options), new ConfiguredExporter("fast", fast, options)),
                Flags.resources(clock, Runnable::run));
        return new Recorder() {
            @Override
            public void record(Event event) {
                if (!events.take(EventType.EVALUATION)) throw new AssertionError("nobody wants it");
                events.record(event);
            }

            @Override
            public List<String> deliveredToSlow() {
                clock.advance(options.flushInterval());
                return slow.delivered();
            }
        };
    }

    @Override
    public Optional<String> examine(Recorder events) {
        TestEvents.evaluations(0, EVENTS).forEach(events::record);
        int delivered = events.deliveredToSlow().size();
        return Exhibit.when(delivered != EVENTS, "the slow exporter got " + delivered + " of " + EVENTS);
    }
}
