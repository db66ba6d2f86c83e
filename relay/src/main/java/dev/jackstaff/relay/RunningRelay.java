package dev.jackstaff.relay;

import dev.jackstaff.relay.http.Listener;
import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.runtime.FlagSetStatus;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A relay that answers. Thread-safe; closing it is final.
public final class RunningRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRelay.class);

    private final Listener listener;
    private final FlagSet flags;
    private final FlagSetThreads threads;

    RunningRelay(Listener listener, FlagSet flags, FlagSetThreads threads) {
        this.listener = listener;
        this.flags = flags;
        this.threads = threads;
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    /// How its flags do: what is served, and what is wrong.
    public FlagSetStatus status() {
        return flags.status();
    }

    /// Serves until the process is told to end (SIGTERM, SIGINT), then stops as [#close] does and ends the process with
    /// exit code 0: an orderly stop is no failure, whatever the JVM makes of a signal. Does not return.
    public void serveUntilSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "shutdown"));
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Only a signal ends the service.
            }
        }
    }

    @SuppressWarnings("SystemExitOutsideMain")
    private void stop() {
        int code = 0;
        try {
            close();
        } catch (RuntimeException e) {
            LOG.error("stopping failed", e);
            code = 1;
        }
        Runtime.getRuntime().halt(code);
    }

    /// Stops accepting, lets requests under way finish within 5 s, closes every connection, and stops polling.
    @Override
    public void close() {
        LOG.info("stopping");
        listener.close();
        flags.close();
        threads.close();
        LOG.info("stopped");
    }
}
