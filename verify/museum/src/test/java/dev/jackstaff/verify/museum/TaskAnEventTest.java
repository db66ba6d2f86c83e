package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.runtime.ConfiguredExporter;
import dev.jackstaff.runtime.Events;
import dev.jackstaff.runtime.ExportOptions;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeExporter;
import dev.jackstaff.testkit.TestEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// R-D10, E-D16: a background task for each evaluation. Where they did not keep up, their number had no bound.
class TaskAnEventTest implements Exhibit<Consumer<Event>> {
    private static final int EVENTS = 5_000;

    /// Never run: workers that do not keep up.
    private final List<Runnable> tasks = new ArrayList<>();

    @Override
    public Consumer<Event> twin() {
        return event -> tasks.add(event::key);
    }

    @Override
    public Consumer<Event> ours() {
        ExportOptions options = ExportOptions.DEFAULT;
        return Events.start("museum",
                List.of(
                        new ConfiguredExporter("fake", new FakeExporter(true), options),
                        new ConfiguredExporter("fake", new FakeExporter(false), options)),
                Flags.resources(new FakeClock(Flags.NOW), tasks::add))::record;
    }

    @Override
    public Optional<String> examine(Consumer<Event> events) {
        TestEvents.evaluations(0, EVENTS).forEach(events);
        return Exhibit.when(tasks.size() > 2, tasks.size() + " tasks for " + EVENTS + " events");
    }
}
