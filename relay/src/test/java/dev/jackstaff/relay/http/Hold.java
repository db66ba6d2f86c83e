package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Where a handler stays until a test lets it go on. Thread-safe.
final class Hold {
    private static final int PATIENCE_SECONDS = 20;

    private final CountDownLatch begun = new CountDownLatch(1), released = new CountDownLatch(1);

    /// The handler is here, and stays.
    void stay() {
        begun.countDown();
        await(released);
    }

    /// Waits until a handler is here.
    void awaitBegun() {
        await(begun);
    }

    void release() {
        released.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("in time").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("workers are not interrupted", e);
        }
    }
}
