package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// An event loop whose clock moves with the work on its requests.
class AdmissionTest {
    private static final Duration MOST = Duration.ofMillis(100);
    private static final long MILLI = 1_000_000;

    private final Turn turn = new Turn();
    private Admission admission = new Admission(turn, MOST);
    private long now = Long.MAX_VALUE - 50 * MILLI; // about to overflow

    private final Map<RequestClass, Integer> worked = new EnumMap<>(RequestClass.class), refused =
            new EnumMap<>(RequestClass.class);

    /// One turn in which so many requests of a class can be read.
    private void turn(Map<RequestClass, Integer> ready, long millisEach) {
        turn.next(Runnable::run);
        List<RequestClass> all = new ArrayList<>();
        ready.forEach((kind, many) -> {
            for (int i = 0; i < many; i++) all.add((int) (all.size() * 7919L % (all.size() + 1)), kind);
        });
        for (RequestClass kind : all) ask(kind, millisEach);
    }

    private void ask(RequestClass kind, long millis) {
        boolean isRefused = admission.isBehind(now) && admission.refuses(kind);
        (isRefused ? refused : worked).merge(kind, 1, Integer::sum);
        now += isRefused ? 1_000 : millis * MILLI;
        admission.worked(kind, now);
    }

    private int refused(RequestClass kind) {
        return refused.getOrDefault(kind, 0);
    }

    private int worked(RequestClass kind) {
        return worked.getOrDefault(kind, 0);
    }

    @Test
    void what_does_not_wait_is_worked_on() {
        for (int i = 0; i < 10_000; i++) turn(Map.of(RequestClass.BULK, 50), 1);
        assertThat(refused).isEmpty();
    }

    @Test
    void a_burst_passes() {
        turn(Map.of(RequestClass.BULK, 450), 1);
        turn(Map.of(RequestClass.BULK, 20), 1);
        turn(Map.of(RequestClass.BULK, 20), 1);
        turn(Map.of(RequestClass.BULK, 450), 1);
        assertThat(refused).isEmpty();
    }

    @Test
    void what_waits_too_long_for_too_long_is_refused() {
        turn(Map.of(RequestClass.BULK, 10_000), 1);
        assertThat(worked(RequestClass.BULK)).as("5 times as long as it may wait, from when it waits too long")
                .isBetween(600, 602);
        assertThat(refused(RequestClass.BULK)).isEqualTo(10_000 - worked(RequestClass.BULK));
    }

    @Test
    void what_has_waited_the_least_is_worked_on() {
        turn(Map.of(RequestClass.BULK, 10_000), 1);
        worked.clear();
        int turns = 100;
        long begun = now;
        for (int i = 0; i < turns; i++) turn(Map.of(RequestClass.BULK, 2_000), 1);
        double busy = (double) worked(RequestClass.BULK) * MILLI / (now - begun);
        assertThat(busy).as("share of the time").isGreaterThan(0.9);
        assertThat(now - begun).as("no turn is much longer than a request may wait")
                .isLessThan(turns * MOST.toNanos() * 6 / 5);
    }

    @Test
    void a_turn_without_long_waits_ends_it() {
        turn(Map.of(RequestClass.BULK, 10_000), 1);
        for (int i = 0; i < 3; i++) turn(Map.of(RequestClass.BULK, 10), 1);
        refused.clear();
        turn(Map.of(RequestClass.BULK, 550), 1);
        assertThat(refused).isEmpty();
    }

    @Test
    void a_loop_that_had_nothing_to_do_has_held_nobody_up() {
        turn(Map.of(RequestClass.BULK, 10), 1);
        now += Duration.ofHours(1).toNanos();
        turn(Map.of(RequestClass.BULK, 1), 1);
        assertThat(waitsOfAtMost(100_000)).isEqualTo(2);
    }

    private long waitsOfAtMost(long nanos) {
        return Objects.requireNonNull(counts().waits().counts().get(QueueTimes.bucketOf(nanos)));
    }

    private AdmissionCounts counts() {
        long[] waits = new long[QueueTimes.BUCKETS];
        Map<RequestClass, Long> refused = new EnumMap<>(RequestClass.class), outOfTime =
                new EnumMap<>(RequestClass.class);
        admission.addTo(waits, refused, outOfTime);
        return new AdmissionCounts(
                new QueueTimes(Arrays.stream(waits).boxed().toList()), refused, outOfTime);
    }

    @Test
    void probes_are_always_answered() {
        for (int i = 0; i < 20; i++) turn(Map.of(RequestClass.HEALTH, 200, RequestClass.BULK, 2_000), 1);
        assertThat(refused(RequestClass.BULK)).isPositive();
        assertThat(worked(RequestClass.HEALTH)).isEqualTo(20 * 200);
    }

    @Test
    void a_class_that_asks_for_little_is_not_refused_because_of_one_that_asks_for_much() {
        for (int i = 0; i < 50; i++) turn(Map.of(RequestClass.EVALUATE, 10, RequestClass.BULK, 2_000), 1);
        assertThat(refused(RequestClass.BULK)).isPositive();
        assertThat(refused(RequestClass.EVALUATE)).isZero();
    }

    @Test
    void classes_that_ask_for_much_share() {
        for (int i = 0; i < 50; i++) turn(Map.of(RequestClass.EVALUATE, 3_000, RequestClass.BULK, 1_000), 1);
        worked.clear();
        for (int i = 0; i < 50; i++) turn(Map.of(RequestClass.EVALUATE, 3_000, RequestClass.BULK, 1_000), 1);
        double share = (double) worked(RequestClass.BULK)
                / (worked(RequestClass.BULK) + worked(RequestClass.EVALUATE));
        assertThat(share).isBetween(0.25, 0.75);
    }

    @Test
    void without_a_limit_nothing_is_refused() {
        admission = new Admission(turn, Duration.ZERO);
        for (int i = 0; i < 5; i++) turn(Map.of(RequestClass.BULK, 10_000), 1);
        assertThat(refused).isEmpty();
    }

    @Test
    void what_becomes_of_requests_is_counted() {
        admission.refused(RequestClass.BULK);
        admission.refused(RequestClass.BULK);
        admission.outOfTime(RequestClass.REFRESH);
        turn(Map.of(RequestClass.BULK, 3), 1);
        AdmissionCounts counts = counts();
        assertThat(counts.refused()).containsEntry(RequestClass.BULK, 2L).containsEntry(RequestClass.EVALUATE, 0L);
        assertThat(counts.outOfTime()).containsEntry(RequestClass.REFRESH, 1L);
        assertThat(counts.waits().counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
    }
}
