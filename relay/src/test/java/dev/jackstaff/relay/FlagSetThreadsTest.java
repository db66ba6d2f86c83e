package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FlagSetThreadsTest {

    /// On virtual threads it would: these share processors only when they wait.
    @Test
    void what_keeps_all_processors_busy_keeps_nobody_else_from_running() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch spinning = new CountDownLatch(FlagSetThreads.PROCESSORS), ran = new CountDownLatch(1);
        try (FlagSetThreads threads = new FlagSetThreads()) {
            for (int i = 0; i < FlagSetThreads.PROCESSORS; i++)
                threads.busy().execute(() -> {
                    spinning.countDown();
                    while (!enough.get()) Thread.onSpinWait();
                });
            assertThat(spinning.await(20, TimeUnit.SECONDS)).isTrue();
            threads.resources().workers().execute(ran::countDown);
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            enough.set(true);
        }
    }
}
