package dev.jackstaff.relay;

import dev.jackstaff.relay.probes.Readiness;
import dev.jackstaff.runtime.ExporterHealth;
import dev.jackstaff.runtime.FlagSetStatus;
import java.util.List;
import java.util.Map;
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

    /// Waits for no request and no stream any longer, if it stops or when it will.
    void hurry() {
        ports.hurry();
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
