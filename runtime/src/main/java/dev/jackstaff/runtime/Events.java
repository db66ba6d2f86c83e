package dev.jackstaff.runtime;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// The events of one flag set on their way to its exporters.
///
/// Each exporter has a buffer and a worker of its own, so none delays or loses what is another's. Thread-safe; recording
/// never waits.
public final class Events {

    private static final long PAUSE_NANOS = 500_000;

    /// Goes nowhere.
    public static final Events NONE = new Events(List.of());

    private final List<EventQueue> all;
    private final List<EventQueue> evaluations;
    private final List<EventQueue> trackings;

    private Events(List<EventQueue> queues) {
        all = List.copyOf(queues);
        evaluations = of(EventType.EVALUATION, queues);
        trackings = of(EventType.TRACKING, queues);
    }

    private static List<EventQueue> of(EventType type, List<EventQueue> queues) {
        return queues.stream().filter(queue -> queue.options().type() == type).toList();
    }

    /// Takes events from here on. Opens nothing: an exporter is initialised with its first events.
    ///
    /// @param exporters belong to the events from here on, which close them
    public static Events start(String flagSet, List<ConfiguredExporter> exporters, Resources resources) {
        return exporters.isEmpty()
                ? NONE
                : new Events(exporters.stream()
                        .map(exporter -> EventQueue.start(flagSet, exporter, resources))
                        .toList());
    }

    /// Whether anybody wants events of a type: an event that nobody wants need not be made.
    public boolean take(EventType type) {
        return !queues(type).isEmpty();
    }

    /// Records an event for every exporter that wants its type. What too many events do is on [ExporterHealth#dropped].
    public void record(Event event) {
        List<EventQueue> queues = queues(event.type());
        for (int i = 0; i < queues.size(); i++) queues.get(i).offer(event);
    }

    /// Waits while an exporter has a whole batch waiting already: more of them would wait in memory, or be dropped. Not for one that
    /// fails, or has not taken a batch for 200 ms. For those who hand in many events at a time and can wait, before they do.
    ///
    /// @param most how long to wait
    public void awaitRoom(Duration most) {
        long begun = System.nanoTime();
        while (isBehind() && System.nanoTime() - begun < most.toNanos()) LockSupport.parkNanos(this, PAUSE_NANOS);
    }

    private boolean isBehind() {
        for (EventQueue queue : all) if (queue.isBehind()) return true;
        return false;
    }

    /// How each exporter does, in the order they were given.
    public List<ExporterHealth> health() {
        return all.stream().map(EventQueue::health).toList();
    }

    /// Delivers what waits and closes the exporters, each within the limit; what is left then is lost and told. Events that
    /// are recorded meanwhile still count. Does not wait: completes when every exporter is closed.
    public CompletableFuture<Void> close(Duration limit) {
        return CompletableFuture.allOf(
                all.stream().map(queue -> queue.close(limit)).toArray(CompletableFuture[]::new));
    }

    private List<EventQueue> queues(EventType type) {
        return type == EventType.EVALUATION ? evaluations : trackings;
    }
}
