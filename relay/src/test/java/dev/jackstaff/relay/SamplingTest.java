package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private final AtomicLong nanos = new AtomicLong(TimeUnit.SECONDS.toNanos(5));
    private final Sampling sampling = new Sampling(nanos::get);

    @Test
    void of_each_second_the_first_hundred_pass_and_every_hundredth_after_them() {
        assertThat(passed(100)).isEqualTo(100);
        assertThat(passed(99)).isZero();
        assertThat(passed(1)).isEqualTo(1);
        assertThat(passed(1_000)).isEqualTo(10);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(passed(150)).isEqualTo(100);
    }

    @Test
    void what_does_not_pass_is_told_once() {
        assertThat(sampling.takeUntold()).isZero();
        passed(130);
        assertThat(sampling.takeUntold()).isEqualTo(30);
        assertThat(sampling.takeUntold()).isZero();
    }

    @Test
    void many_threads_get_no_more_than_one() throws Exception {
        AtomicInteger passed = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) threads.execute(() -> passed.addAndGet(passed(5_025)));
        }
        assertThat(passed).hasValue(100 + 200);
        assertThat(sampling.takeUntold()).isEqualTo(4 * 5_025 - 300);
    }

    private int passed(int offered) {
        int passed = 0;
        for (int i = 0; i < offered; i++) if (sampling.passes()) passed++;
        return passed;
    }
}
