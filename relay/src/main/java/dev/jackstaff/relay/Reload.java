package dev.jackstaff.relay;

import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.config.ServerTls;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a changed configuration changes while the relay runs: keys, flag sets and certificates. Everything else is told to
/// need a restart. For one call at a time.
final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final RelayConfig first;
    private final Ports ports;
    private final FlagSets flagSets;
    private @Nullable ServerTls shown;

    /// @param first what the relay was started with
    Reload(RelayConfig first, Ports ports, FlagSets flagSets) {
        this.first = first;
        this.ports = ports;
        this.flagSets = flagSets;
        shown = first.tls();
    }

    /// Tells whether it is worth trying again later.
    boolean apply(RelayConfig next) {
        if (needsRestart(next))
            LOG.warn("server, logLevel, logFormat, disableVersionHeader, enableBulkMetricFlagNames, readiness,"
                    + " limits, deadline, swagger, ofrep.eventStreams or otel have changed: restart to apply that");
        boolean certificatesWait = !renew(next.tls());
        return flagSets.reload(next) || certificatesWait;
    }

    private boolean needsRestart(RelayConfig next) {
        return !next.server().equals(first.server())
                || !isAsSafe(next.tls())
                || !next.log().equals(first.log())
                || next.disableVersionHeader() != first.disableVersionHeader()
                || next.bulkMetricFlagNames() != first.bulkMetricFlagNames()
                || next.eventStreams() != first.eventStreams()
                || !Objects.equals(next.tracing(), first.tracing())
                || !Objects.equals(next.documentation(), first.documentation())
                || !next.limits().equals(first.limits())
                || !next.deadline().equals(first.deadline())
                || !Objects.equals(next.staleLimit(), first.staleLimit());
    }

    /// Whether clients find TLS, and are asked for certificates, exactly if they were at the start.
    private boolean isAsSafe(@Nullable ServerTls next) {
        ServerTls before = first.tls();
        return before == null ? next == null : next != null && next.asksClients() == before.asksClients();
    }

    private boolean renew(@Nullable ServerTls next) {
        if (next == null || next.equals(shown) || !isAsSafe(next)) return true;
        try {
            ports.renew(next);
            shown = next;
            LOG.info("new connections get the new certificates");
            return true;
        } catch (IOException e) {
            LOG.atError().setCause(e).log("certificates not renewed");
            return false;
        }
    }
}
