package dev.jackstaff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeExporter;
import dev.jackstaff.testkit.TestEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final FakeClock clock = new FakeClock(TestEvents.DATE);
    private final FakeExporter bulk = new FakeExporter(false);
    private Runnable goOn = () -> {};

    @Test
    void events_go_out_at_the_interval_in_one_batch_and_in_order() {
        Events events = events(bulk, 100);
        record(events, 0, 3);
        clock.advance(INTERVAL.minusMillis(1));
        assertThat(bulk.calls()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(bulk.batches()).containsExactly(List.of("e0", "e1", "e2"));
        clock.advance(INTERVAL.multipliedBy(3));
        assertThat(bulk.calls()).as("an empty batch is no batch").containsExactly("init", "export");
        record(events, 3, 4);
        assertThat(bulk.batches()).hasSize(1);
        clock.advance(INTERVAL);
        assertThat(bulk.batches()).hasSize(2);
    }

    @Test
    void events_go_out_at_once_when_as_many_wait_as_are_wanted_in_memory() {
        Events events = events(bulk, 3);
        record(events, 0, 2);
        assertThat(bulk.batches()).isEmpty();
        record(events, 2, 3);
        assertThat(bulk.batches()).containsExactly(List.of("e0", "e1", "e2"));
    }

    @Test
    void an_immediate_exporter_gets_events_as_they_come() {
        FakeExporter immediate = new FakeExporter(true);
        Events events = events(immediate, 100);
        record(events, 0, 2);
        assertThat(immediate.batches()).containsExactly(List.of("e0"), List.of("e1"));
    }

    @Test
    void each_exporter_gets_the_events_of_its_type_and_nobody_the_others() {
        FakeExporter tracking = new FakeExporter(true);
        Events events = Events.start("test", List.of(configured(tracking, EventType.TRACKING, 10)), direct());
        assertThat(events.take(EventType.EVALUATION)).isFalse();
        assertThat(events.take(EventType.TRACKING)).isTrue();
        events.record(TestEvents.evaluation("e"));
        events.record(TestEvents.tracking("t"));
        assertThat(tracking.delivered()).containsExactly("t");
        assertThat(Events.NONE.take(EventType.TRACKING)).isFalse();
    }

    @Test
    void exporters_are_told_of_in_the_order_they_were_given() {
        Events events = Events.start(
                "test",
                List.of(
                        configured(new FakeExporter(true), EventType.TRACKING, 1),
                        configured(bulk, EventType.EVALUATION, 1)),
                direct());
        assertThat(events.health())
                .extracting(ExporterHealth::type)
                .containsExactly(EventType.TRACKING, EventType.EVALUATION);
    }

    /// R-D9: the first failure is followed by few attempts, not by one an event.
    @Test
    void a_failed_batch_is_tried_again_first_at_growing_distances() {
        Events events = events(bulk, 2);
        bulk.fails("sink on fire");
        record(events, 0, 2);
        assertThat(bulk.calls()).containsExactly("init", "export");
        record(events, 2, 5);
        clock.advance(Duration.ofMillis(899));
        assertThat(bulk.calls()).as("no attempt before 1 s, less a tenth").hasSize(2);
        clock.advance(Duration.ofMillis(202));
        assertThat(bulk.calls()).hasSize(3);
        clock.advance(Duration.ofMillis(2_201));
        assertThat(bulk.calls()).hasSize(4);
        clock.advance(Duration.ofMinutes(60));
        assertThat(bulk.calls()).hasSizeBetween(55, 70);
        ExporterHealth broken = events.health().get(0);
        assertThat(broken.problem()).isEqualTo("sink on fire");
        assertThat(broken.failingSince()).isEqualTo(TestEvents.DATE);
        assertThat(broken.waiting()).isEqualTo(5);
        assertThat(broken.failures()).isEqualTo(bulk.calls().size() - 1);

        bulk.fails(null);
        clock.advance(Duration.ofSeconds(67));
        assertThat(bulk.delivered()).containsExactly("e0", "e1", "e2", "e3", "e4");
        assertThat(events.health().get(0))
                .isEqualTo(new ExporterHealth(
                        "fake", "fake", EventType.EVALUATION, 5, 5, 0, 0, broken.failures(), 0,
                        events.health().get(0).lastExport(), null, null));
    }

    @Test
    void an_exporter_that_cannot_be_initialised_is_tried_again_and_then_only_once() {
        Events events = events(bulk, 1);
        bulk.failsToInit("no network yet");
        record(events, 0, 1);
        assertThat(events.health().get(0).problem()).isEqualTo("no network yet");
        bulk.failsToInit(null);
        clock.advance(Duration.ofSeconds(2));
        record(events, 1, 2);
        assertThat(bulk.calls()).containsExactly("init", "init", "export", "export");
    }

    @Test
    void an_exporter_that_breaks_in_any_way_is_one_that_fails() {
        Events events = events(bulk, 1);
        bulk.answers(batch -> {
            throw new IllegalStateException("on purpose");
        });
        record(events, 0, 1);
        assertThat(events.health().get(0).problem()).contains("on purpose");
        bulk.answers(batch -> Delivery.COMPLETE);
        clock.advance(Duration.ofSeconds(2));
        assertThat(bulk.delivered()).containsExactly("e0");
    }

    @Test
    void of_a_batch_that_was_delivered_in_part_the_rest_comes_again_at_once_and_what_is_refused_is_counted() {
        Events events = events(bulk, 4);
        bulk.answers(batch -> new Delivery(
                batch.subList(Math.min(2, batch.size()), batch.size()), batch.size() == 4 ? 1 : 0, "one is too large"));
        record(events, 0, 4);
        assertThat(bulk.batches()).containsExactly(List.of("e0", "e1"), List.of("e2", "e3"));
        assertThat(events.health().get(0)).satisfies(health -> {
            assertThat(health.refused()).isEqualTo(1);
            assertThat(health.exported()).isEqualTo(3);
            assertThat(health.waiting()).isZero();
        });
    }

    @Test
    void a_batch_of_which_nothing_was_delivered_has_failed() {
        Events events = events(bulk, 1);
        bulk.answers(batch -> new Delivery(batch, 0, "throttled"));
        record(events, 0, 1);
        assertThat(bulk.calls()).containsExactly("init", "export");
        assertThat(events.health().get(0).problem()).isEqualTo("throttled");
    }

    /// R-D9: bounded, oldest first, counted.
    @Test
    void when_too_many_wait_the_oldest_are_dropped_and_counted() {
        Events events = events(bulk, 1_000);
        bulk.fails("down");
        record(events, 0, 1_000);
        int most = 10_000;
        record(events, 1_000, 1_000 + most + 7);
        assertThat(events.health().get(0).dropped()).isEqualTo(7);
        assertThat(events.health().get(0).waiting()).isEqualTo(1_000 + most);
        bulk.fails(null);
        clock.advance(Duration.ofSeconds(2));
        assertThat(bulk.delivered().subList(995, 1_005))
                .as("the batch that was under way is not touched")
                .containsExactly("e995", "e996", "e997", "e998", "e999", "e1007", "e1008", "e1009", "e1010", "e1011");
        assertThat(bulk.batches()).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(1_000));
        assertBalanced(events);
    }

    /// Clients choose how large events are.
    @Test
    void what_waits_is_bounded_in_memory_and_not_only_in_number() {
        Events events = events(bulk, 100_000);
        bulk.fails("down");
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 100; i++)
            events.record(new EvaluationEvent(
                    "feature", "user", "u", Instant.EPOCH, "e" + i, "v", large, false, "", "SERVER", Map.of()));
        ExporterHealth health = events.health().get(0);
        assertThat(health.waiting()).isBetween(60L, 70L);
        assertThat(health.dropped()).isEqualTo(100 - health.waiting());
        bulk.fails(null);
        clock.advance(Duration.ofSeconds(2));
        assertThat(bulk.batches()).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(5));
        assertThat(bulk.delivered()).endsWith("e98", "e99");
        assertBalanced(events);
    }

    /// R-D8: in the original a fast exporter makes a slow one lose events.
    @Test
    void exporters_do_not_touch_each_other() {
        FakeExporter slow = new FakeExporter(false), broken = new FakeExporter(false),
                fast = new FakeExporter(true);
        broken.fails("for good");
        Events events = Events.start(
                "test",
                List.of(
                        configured(slow, EventType.EVALUATION, 1_000),
                        configured(broken, EventType.EVALUATION, 5),
                        configured(fast, EventType.EVALUATION, 1_000)),
                direct());
        record(events, 0, 40);
        assertThat(fast.delivered()).hasSize(40);
        clock.advance(Duration.ofSeconds(59));
        assertThat(slow.delivered()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(slow.delivered()).isEqualTo(fast.delivered());
        assertThat(events.health()).extracting(ExporterHealth::waiting).containsExactly(0L, 40L, 0L);
    }

    /// R-D1.
    @Test
    void closing_delivers_what_waits_and_closes_the_exporter() {
        Events events = events(bulk, 100);
        record(events, 0, 3);
        CompletableFuture<Void> closed = events.close(LIMIT);
        assertThat(closed).isCompleted();
        assertThat(bulk.delivered()).containsExactly("e0", "e1", "e2");
        assertThat(bulk.calls()).containsExactly("init", "export", "close");
        assertThat(bulk.limits()).containsExactly(LIMIT);
        assertThat(clock.planned()).as("nothing is left behind").isZero();
        assertThat(events.close(LIMIT)).isCompleted();
        record(events, 3, 4);
        assertThat(events.health().get(0).dropped()).isEqualTo(1);
        assertBalanced(events);
    }

    @Test
    void closing_tries_again_until_time_is_up_and_then_tells_what_is_lost() {
        Events events = events(bulk, 100);
        bulk.fails("down");
        record(events, 0, 3);
        CompletableFuture<Void> closed = events.close(LIMIT);
        clock.advance(Duration.ofMillis(1_200));
        assertThat(bulk.calls()).containsExactly("init", "export", "export");
        assertThat(closed).isNotDone();
        clock.advance(LIMIT);
        assertThat(closed).isCompleted();
        assertThat(bulk.calls()).endsWith("close");
        assertThat(events.health().get(0).dropped()).isEqualTo(3);
        assertBalanced(events);
        assertThat(clock.planned()).isZero();
    }

    @Test
    void closing_does_not_wait_for_the_back_off_of_a_sink_that_works_again() {
        Events events = events(bulk, 1);
        bulk.fails("down");
        record(events, 0, 1);
        clock.advance(Duration.ofMinutes(10));
        bulk.fails(null);
        assertThat(events.close(LIMIT)).isCompleted();
        assertThat(bulk.delivered()).containsExactly("e0");
    }

    @Test
    void an_export_that_hangs_holds_up_neither_who_records_nor_the_end() throws Exception {
        ExecutorService workers = Executors.newCachedThreadPool();
        try {
            Events events = eventsBehind(workers);
            record(events, 2, 20_000);
            CompletableFuture<Void> closed = events.close(LIMIT);
            clock.advance(LIMIT);
            assertThat(closed).isCompleted();
            goOn.run();
            workers.shutdown();
            assertThat(workers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(events.health().get(0).exported()).as("it was told as lost").isZero();
            assertBalanced(events);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void who_hands_in_many_can_wait_for_an_exporter_that_will_take_them_soon() throws Exception {
        ExecutorService workers = Executors.newCachedThreadPool();
        try {
            Events events = eventsBehind(workers);
            Thread waits = new Thread(() -> events.awaitRoom(LONG));
            waits.start();
            while (waits.getState() != Thread.State.TIMED_WAITING) LockSupport.parkNanos(1_000);
            events.awaitRoom(Duration.ofMillis(1)); // and no longer
            goOn.run();
            waits.join(20_000);
            assertThat(waits.isAlive()).isFalse();
            while (bulk.delivered().size() < 2) LockSupport.parkNanos(1_000);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void nobody_waits_for_an_exporter_that_is_slow_or_fails() throws Exception {
        ExecutorService workers = Executors.newCachedThreadPool();
        try {
            Events events = eventsBehind(workers);
            clock.advance(Duration.ofMillis(200));
            events.awaitRoom(LONG);
            bulk.fails("down");
            goOn.run();
            while (events.health().get(0).failures() == 0) LockSupport.parkNanos(1_000);
            events.awaitRoom(LONG);
            assertThat(events.health().get(0).waiting()).isEqualTo(2);
        } finally {
            workers.shutdownNow();
        }
        Events.NONE.awaitRoom(LONG);
    }

    /// One batch is being delivered until `goOn` is run, and another one waits.
    private Events eventsBehind(ExecutorService workers) {
        Events events =
                Events.start("test", List.of(configured(bulk, EventType.EVALUATION, 1)), resources(workers));
        goOn = bulk.hangs();
        events.awaitRoom(LONG);
        record(events, 0, 1);
        while (!bulk.calls().contains("export")) LockSupport.parkNanos(1_000);
        events.awaitRoom(LONG);
        record(events, 1, 2);
        return events;
    }

    /// Many threads record while exports succeed, fail and deliver in part, and the end comes in between.
    @Test
    void under_load_every_event_is_accounted_for_and_each_recorder_s_order_is_kept() throws Exception {
        int recorders = 4, each = 20_000;
        ExecutorService workers = Executors.newCachedThreadPool();
        try (var timer = new AutoClosingTimer()) {
            Erratic erratic = new Erratic();
            Events events = Events.start(
                    "test",
                    List.of(new ConfiguredExporter("erratic", erratic, new ExportOptions(
                            EventType.EVALUATION, Duration.ofMillis(1), 100, Duration.ofSeconds(1)))),
                    new Resources(workers, timer.timer(), Instant::now, new SplittableRandom(1)));
            CountDownLatch recorded = new CountDownLatch(recorders);
            for (int r = 0; r < recorders; r++) {
                String name = r + "-";
                workers.execute(() -> {
                    for (int i = 0; i < each; i++) events.record(TestEvents.evaluation(name + i));
                    recorded.countDown();
                });
            }
            assertThat(recorded.await(60, TimeUnit.SECONDS)).isTrue();
            events.close(Duration.ofSeconds(60)).get(90, TimeUnit.SECONDS);
            ExporterHealth health = events.health().get(0);
            assertThat(health.offered()).isEqualTo((long) recorders * each);
            assertThat(erratic.delivered).hasSize((int) health.exported());
            assertBalanced(events);
            for (int r = 0; r < recorders; r++) {
                String name = r + "-";
                List<Integer> order = erratic.delivered.stream()
                        .filter(key -> key.startsWith(name))
                        .map(key -> Integer.valueOf(key.substring(name.length())))
                        .toList();
                assertThat(order).isSorted().doesNotHaveDuplicates();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void options_are_those_of_the_original_and_mistakes_are_told() throws Exception {
        Settings none = new Settings("exporter", "log", Map.of("kind", "log", "flushInterval", 0));
        assertThat(ExportOptions.read(none)).isEqualTo(ExportOptions.DEFAULT);
        none.check();
        Settings all = new Settings("exporter", "log",
                Map.of("eventType", "tracking", "flushInterval", 1500, "maxEventInMemory", "7"));
        assertThat(ExportOptions.read(all))
                .isEqualTo(new ExportOptions(EventType.TRACKING, Duration.ofMillis(1500), 7, Duration.ofSeconds(30)));
        Settings odd = new Settings("exporter", "log", Map.of("eventType", "Tracking"));
        assertThat(ExportOptions.read(odd).type()).isEqualTo(EventType.EVALUATION);
        assertThat(odd.warnings()).singleElement().asString().contains("Tracking");
        Settings wrong = new Settings("exporter", "log", Map.of("flushInterval", -1, "maxEventInMemory", -1));
        ExportOptions.read(wrong);
        assertThat(catchThrowableOfType(InvalidSettingsException.class, wrong::check)
                .problems())
                .containsExactly(
                        "invalid exporter: \"flushInterval\" must not be negative",
                        "invalid exporter: \"maxEventInMemory\" must be 1 to 10000000, or 0 for the default");
    }

    private Events events(FakeExporter exporter, int max) {
        return Events.start("test", List.of(configured(exporter, EventType.EVALUATION, max)), direct());
    }

    private static ConfiguredExporter configured(FakeExporter exporter, EventType type, int max) {
        return new ConfiguredExporter("fake", exporter, new ExportOptions(type, INTERVAL, max, Duration.ofSeconds(30)));
    }

    private static void record(Events events, int from, int to) {
        IntStream.range(from, to).forEach(i -> events.record(TestEvents.evaluation("e" + i)));
    }

    private static void assertBalanced(Events events) {
        assertThat(events.health()).allSatisfy(health -> assertThat(health.offered())
                .as(health.toString())
                .isEqualTo(health.exported() + health.dropped() + health.refused() + health.waiting()));
    }

    private Resources direct() {
        return resources(Runnable::run);
    }

    private Resources resources(Executor workers) {
        return new Resources(workers, clock::after, clock, new SplittableRandom(1));
    }

    /// Fails every third batch and leaves half of every fourth.
    private static final class Erratic implements Exporter {
        private final List<String> delivered = new ArrayList<>(); // written by one worker at a time
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();

        @Override
        public String sink() {
            return "erratic";
        }

        @Override
        public Delivery export(List<Event> events, Duration limit) throws IOException {
            if (running.incrementAndGet() != 1) throw new AssertionError("two exports at a time");
            try {
                int call = calls.incrementAndGet();
                if (call % 3 == 0 && call < 10) throw new IOException("every third");
                int kept = call % 4 == 0 && events.size() > 1 ? events.size() / 2 : events.size();
                for (Event event : events.subList(0, kept)) delivered.add(event.key());
                return new Delivery(events.subList(kept, events.size()), 0, "the rest later");
            } finally {
                running.decrementAndGet();
            }
        }

        @Override
        public void close() {}
    }

    private static final class AutoClosingTimer implements AutoCloseable {
        private final ScheduledExecutorService scheduler =
                Executors.newSingleThreadScheduledExecutor();

        Timer timer() {
            return Timer.of(scheduler);
        }

        @Override
        public void close() {
            scheduler.shutdownNow();
        }
    }
}
