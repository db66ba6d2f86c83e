package dev.jackstaff.engine.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant J1 = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant J5 = Instant.parse("2024-01-05T00:00:00Z");

    @Test
    void a_date_has_come_at_its_own_instant() {
        Schedule schedule = Schedule.of(List.of(J1, J5));
        assertThat(schedule.due(J1.minusNanos(1))).isZero();
        assertThat(schedule.due(J1)).isEqualTo(1);
        assertThat(schedule.due(J5.minusNanos(1))).isEqualTo(1);
        assertThat(schedule.due(J5)).isEqualTo(2);
        assertThat(schedule.due(J5.plusSeconds(1))).isEqualTo(2);
    }

    @Test
    void without_dates_nothing_ever_comes() {
        assertThat(Schedule.of(List.of()).due(J5)).isZero();
    }
}
