package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.RequestRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    /// It overflows within the test.
    private final FakeTicker ticker = new FakeTicker();

    private TokenBucket bucket(double perSecond, int burst) {
        return new TokenBucket(new RequestRate(perSecond, burst), ticker);
    }

    private static int takenAtOnce(Quota quota) {
        int taken = 0;
        while (quota.take() == 0) taken++;
        return taken;
    }

    @Test
    void a_new_one_is_full_and_says_when_there_is_more() {
        TokenBucket bucket = bucket(4, 3);
        assertThat(takenAtOnce(bucket)).isEqualTo(3);
        assertThat(bucket.take()).isEqualTo(SECOND / 4);
        ticker.advance(Duration.ofNanos(SECOND / 4 - 1));
        assertThat(bucket.take()).isEqualTo(1);
        ticker.advance(Duration.ofNanos(1));
        assertThat(takenAtOnce(bucket)).isEqualTo(1);
        assertThat(bucket.take()).isEqualTo(SECOND / 4);
    }

    @Test
    void it_never_holds_more_than_the_burst() {
        TokenBucket bucket = bucket(10, 5);
        assertThat(takenAtOnce(bucket)).isEqualTo(5);
        ticker.advance(Duration.ofMillis(300));
        assertThat(takenAtOnce(bucket)).isEqualTo(3);
        ticker.advance(Duration.ofDays(1_000));
        assertThat(takenAtOnce(bucket)).isEqualTo(5);
    }

    @Test
    void being_refused_costs_nothing() {
        TokenBucket bucket = bucket(1, 1);
        assertThat(takenAtOnce(bucket)).isEqualTo(1);
        for (int i = 0; i < 100; i++) assertThat(bucket.take()).isEqualTo(SECOND);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(bucket.take()).isZero();
    }

    @Test
    void the_slowest_and_the_largest_there_may_be_work() {
        assertThat(takenAtOnce(bucket(0.001, 1))).isEqualTo(1);
        TokenBucket large = bucket(0.001, Integer.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) assertThat(large.take()).isZero();
        assertThat(takenAtOnce(bucket(1_000_000, 1_000))).isEqualTo(1_000);
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void in_any_time_no_more_are_taken_than_burst_and_rate_allow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double perSecond = random.nextDouble(0.1, 1_000);
        int burst = random.nextInt(1, 50), taken = 0;
        TokenBucket bucket = bucket(perSecond, burst);
        long passed = 0;
        for (int i = 0; i < 20_000; i++) {
            long step = random.nextLong((long) (2 * SECOND / perSecond));
            ticker.advance(Duration.ofNanos(step));
            passed += step;
            long wait = bucket.take();
            if (wait == 0) taken++;
            assertThat(wait).isBetween(0L, (long) (SECOND / perSecond) + 1);
            assertThat((double) taken).isLessThanOrEqualTo(burst + perSecond * passed / SECOND + 0.01 * i + 1);
        }
        assertThat((double) taken).isGreaterThan(0.5 * perSecond * passed / SECOND);
    }

    @Test
    void those_who_take_at_the_same_time_take_no_more_than_there_is() throws Exception {
        assertThat(roundsWithAnotherSum(() -> bucket(1, 7))).isZero();
    }

    /// Otherwise the test above proves nothing: one that looks at what is left and then writes it.
    @Test
    void one_that_looks_and_then_writes_is_found() throws Exception {
        assertThat(roundsWithAnotherSum(() -> {
            AtomicLong left = new AtomicLong(7);
            return () -> {
                long now = left.get();
                if (now == 0) return SECOND;
                LockSupport.parkNanos(1);
                left.set(now - 1);
                return 0;
            };
        })).isPositive();
    }

    private static int roundsWithAnotherSum(Supplier<Quota> quotas) throws Exception {
        int takers = 4, wrong = 0;
        CyclicBarrier together = new CyclicBarrier(takers);
        try (ExecutorService threads = Executors.newFixedThreadPool(takers)) {
            for (int round = 0; round < 500; round++) {
                Quota quota = quotas.get();
                List<Future<Integer>> taking = new ArrayList<>();
                for (int i = 0; i < takers; i++) taking.add(threads.submit(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    return takenAtOnce(quota);
                }));
                int sum = 0;
                for (Future<Integer> taken : taking) sum += taken.get();
                if (sum != 7) wrong++;
            }
        }
        return wrong;
    }
}
