package dev.jackstaff.relay;

import dev.jackstaff.relay.probes.Readiness;
import dev.jackstaff.runtime.ExporterHealth;
import dev.jackstaff.runtime.FlagSetStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A relay that answers. Thread-safe; closing it is final.
public final class RunningRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRelay.class);

    private final Readiness readiness;
    private final Ports ports;
    private final ConfigWatch watch;
    private final FlagSets flagSets;
    private final FlagSetThreads threads;
    private final Runnable endTraces;

    /// @param endTraces sends the last ones, within 5 s
    RunningRelay(
            Readiness readiness, Ports ports, ConfigWatch watch, FlagSets flagSets, FlagSetThreads threads,
            Runnable endTraces) {
        this.readiness = readiness;
        this.ports = ports;
        this.watch = watch;
        this.flagSets = flagSets;
        this.threads = threads;
        this.endTraces = endTraces;
    }

    /// The port it listens on; -1 for a Unix socket.
    public int port() {
        return ports.main().port();
    }

    /// The port on which health is told: the main one, unless there is one of its own.
    public int monitoringPort() {
        return ports.monitoringPort();
    }

    /// How each flag set does, in the order of the configuration: what is served, and what is wrong.
    public List<FlagSetStatus> status() {
        return flagSets.status();
    }

    /// How the exporters of each flag set do, by its name: what they delivered and what was lost.
    public Map<String, List<ExporterHealth>> exporters() {
        return flagSets.exporters();
    }

    /// Serves until the process is told to end (SIGTERM, SIGINT), then stops as [#close] does and ends the process with
    /// exit code 0: an orderly stop is no failure, whatever the JVM makes of a signal. Does not return.
    ///
    /// A second signal while it stops ends the wait for requests and streams; events are delivered all the same.
    public void serveUntilSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "shutdown"));
        AtomicBoolean told = new AtomicBoolean();
        Signals.each(() -> {
            if (told.compareAndSet(false, true)) exit();
            else
                hurry();
        });
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
    private static void exit() {
        System.exit(0);
    }

    /// Waits for no request and no stream any longer, if it stops or when it will.
    private void hurry() {
        LOG.warn("told again to stop: requests under way are not waited for");
        ports.hurry();
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

    /// Is not ready any more, stops accepting, lets requests under way finish within 5 s, closes every connection, stops
    /// polling, and delivers the events that wait within another 5 s.
    @Override
    public void close() {
        LOG.info("stopping");
        readiness.stop();
        watch.close();
        ports.close();
        flagSets.close();
        threads.close();
        endTraces.run();
        LOG.info("stopped");
    }
}
