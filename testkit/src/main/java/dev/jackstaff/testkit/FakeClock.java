package dev.jackstaff.testkit;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A clock and a timer in one that move only when told.
///
/// Tasks run in the thread that moves the clock, at the instant they are due, earlier ones first; what a task plans within
/// the same stretch of time runs too. Thread-safe.
public final class FakeClock implements InstantSource {

    private final List<Planned> planned = new ArrayList<>();
    private Instant now;
    private long sequence;

    public FakeClock(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /// Plans a task. Returns what takes it off the plan again.
    public synchronized Runnable after(Duration delay, Runnable task) {
        Planned entry = new Planned(now.plus(delay), sequence++, task);
        planned.add(entry);
        return () -> cancel(entry);
    }

    /// Moves the clock and runs what becomes due on the way.
    public void advance(Duration duration) {
        Instant end = instant().plus(duration);
        for (Optional<Planned> due = nextUntil(end); due.isPresent(); due = nextUntil(end)) due.get().task.run();
        moveTo(end);
    }

    /// How long until the next task is due; empty when nothing is planned.
    public synchronized Optional<Duration> untilNext() {
        return planned.stream().map(Planned::at).min(Instant::compareTo).map(at -> Duration.between(now, at));
    }

    /// How many tasks are planned: a timer that is not taken back shows here.
    public synchronized int planned() {
        return planned.size();
    }

    private synchronized Optional<Planned> nextUntil(Instant end) {
        Optional<Planned> next = planned.stream()
                .filter(entry -> !entry.at.isAfter(end))
                .min(comparing(Planned::at).thenComparingLong(Planned::sequence));
        next.ifPresent(entry -> {
            planned.remove(entry);
            if (entry.at.isAfter(now)) now = entry.at;
        });
        return next;
    }

    private synchronized void moveTo(Instant end) {
        if (end.isAfter(now)) now = end;
    }

    private synchronized void cancel(Planned entry) {
        planned.remove(entry);
    }

    private record Planned(Instant at, long sequence, Runnable task) {}
}
