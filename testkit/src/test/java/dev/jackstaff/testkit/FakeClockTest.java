package dev.jackstaff.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeClock clock = new FakeClock(START);
    private final List<String> ran = new ArrayList<>();

    @Test
    void it_stands_still_until_it_is_moved() {
        assertThat(clock.instant()).isEqualTo(START);
        clock.advance(Duration.ofSeconds(3));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void tasks_run_when_they_are_due_and_in_order() {
        clock.after(Duration.ofSeconds(2), () -> ran.add("b at " + clock.instant()));
        clock.after(Duration.ofSeconds(1), () -> ran.add("a at " + clock.instant()));

        clock.advance(Duration.ofMillis(999));
        assertThat(ran).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("a at 2026-01-01T00:00:01Z", "b at 2026-01-01T00:00:02Z");
    }

    @Test
    void a_task_that_plans_itself_anew_runs_as_often_as_there_is_time() {
        everySecond();
        clock.advance(Duration.ofMillis(3500));

        assertThat(ran).hasSize(3);
        assertThat(clock.untilNext()).contains(Duration.ofMillis(500));
    }

    @Test
    void a_cancelled_task_does_not_run() {
        Runnable cancel = clock.after(Duration.ofSeconds(1), () -> ran.add("a"));
        cancel.run();

        clock.advance(Duration.ofSeconds(2));
        assertThat(ran).isEmpty();
        assertThat(clock.planned()).isZero();
    }

    private void everySecond() {
        clock.after(Duration.ofSeconds(1), () -> {
            ran.add("tick");
            everySecond();
        });
    }
}
