package dev.jackstaff.engine.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RampTest {
    private static final Instant J1 = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant J11 = Instant.parse("2024-01-11T00:00:00Z");

    @Test
    void the_share_grows_by_the_second() {
        Ramp ramp = Ramp.of(J1, null, J11, null);
        assertThat(ramp.share(J1)).isZero();
        assertThat(ramp.share(Instant.parse("2024-01-05T10:13:00Z"))).isEqualTo(44_256);
        assertThat(ramp.share(Instant.parse("2024-01-05T10:13:01Z"))).isEqualTo(44_257);
        assertThat(ramp.share(Instant.parse("2024-01-05T10:13:00.999999999Z"))).isEqualTo(44_256);
        assertThat(ramp.share(J11)).isEqualTo(100_000);
        assertThat(ramp.share(Instant.parse("2031-01-01T00:00:00Z"))).isEqualTo(100_000);
    }

    @Test
    void nobody_is_at_the_end_before_the_start_whatever_the_initial_share() {
        Ramp ramp = Ramp.of(J1, 50.0, J11, 60.0);
        assertThat(ramp.share(J1.minusNanos(1))).isZero();
        assertThat(ramp.share(J1)).isEqualTo(50_000);
        assertThat(ramp.share(J11)).isEqualTo(60_000);
    }

    @Test
    void an_end_of_0_or_above_100_means_100() {
        assertThat(Ramp.of(J1, 50.0, J11, 0.0).share(J11)).isEqualTo(100_000);
        assertThat(Ramp.of(J1, 0.0, J11, 150.0).share(J11)).isEqualTo(100_000);
    }

    @Test
    void there_is_no_ramp_without_two_dates_in_order() {
        assertThat(Ramp.of(null, 0.0, J11, 100.0)).isNull();
        assertThat(Ramp.of(J1, 0.0, null, 100.0)).isNull();
        assertThat(Ramp.of(J1, 0.0, J1, 100.0)).isNull();
        assertThat(Ramp.of(J11, 0.0, J1, 100.0)).isNull();
    }

    /// Division by zero seconds gives no number, and that counts as nobody (vector 60).
    @Test
    void within_one_second_nobody_is_at_the_end_until_it_is_over() {
        Ramp ramp = Ramp.of(J1, 0.0, J1.plusMillis(500), 100.0);
        assertThat(ramp.share(J1.plusMillis(200))).isZero();
        assertThat(ramp.share(J1.plusMillis(500))).isEqualTo(100_000);
    }

    @Test
    void seconds_before_1970_count_downwards() {
        Ramp ramp = Ramp.of(Instant.parse("1969-12-31T23:59:50.5Z"), 0.0, Instant.parse("1970-01-01T00:00:00Z"), 100.0);
        assertThat(ramp.share(Instant.parse("1969-12-31T23:59:55.9Z"))).isEqualTo(50_000);
    }
}
