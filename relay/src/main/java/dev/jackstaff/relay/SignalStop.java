package dev.jackstaff.relay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops a relay in order when the process is told to end (SIGTERM, SIGINT), and ends the process with exit code 0: an orderly
/// stop is no failure, whatever the JVM makes of a signal.
///
/// It listens before the port does: from the first request on there may be an event that has to be delivered. Before
/// that nothing can be lost, and a signal ends the process as any other.
final class SignalStop {
    private static final Logger LOG = LoggerFactory.getLogger(SignalStop.class);

    private final CompletableFuture<RunningRelay> relay = new CompletableFuture<>();
    private final AtomicBoolean told = new AtomicBoolean();

    /// From here on a signal waits for the relay to have started, and stops it.
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "shutdown"));
        Signals.each(() -> {
            if (told.compareAndSet(false, true)) exit();
            else
                hurry();
        });
    }

    /// Waits for the signal. Does not return.
    void serve(RunningRelay started) {
        relay.complete(started);
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Only a signal ends the service.
            }
        }
    }

    /// Nothing has started, and nothing will.
    void cancel() {
        relay.cancel(false);
    }

    @SuppressWarnings("SystemExitOutsideMain")
    private static void exit() {
        System.exit(0);
    }

    private void hurry() {
        LOG.warn("told again to stop: requests under way are not waited for");
        var _ = relay.thenAccept(RunningRelay::hurry);
    }

    @SuppressWarnings("SystemExitOutsideMain")
    private void stop() {
        relay.exceptionally(_ -> null).join();
        if (relay.isCancelled()) return; // with the exit code of what failed
        int code = 0;
        try {
            relay.join().close();
        } catch (RuntimeException e) {
            LOG.error("stopping failed", e);
            code = 1;
        }
        Runtime.getRuntime().halt(code);
    }
}
