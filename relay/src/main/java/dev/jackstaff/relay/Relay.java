package dev.jackstaff.relay;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.relay.auth.Access;
import dev.jackstaff.relay.auth.KeyGate;
import dev.jackstaff.relay.config.FlagSetConfig;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.goff.GoffRoutes;
import dev.jackstaff.relay.goff.MonitoringRoutes;
import dev.jackstaff.relay.http.Limits;
import dev.jackstaff.relay.http.Listener;
import dev.jackstaff.relay.http.Observer;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.log.Logs;
import dev.jackstaff.relay.ofrep.OfrepRoutes;
import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.runtime.FlagSetStartException;
import dev.jackstaff.spi.InvalidSettingsException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the server: flags first, then the port, so that the first request is answered from real flags.
public final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private Relay() {}

    /// Loads the flags, binds the port and answers from then on. Sets logging up for the whole process.
    ///
    /// Takes as long as the retrievers take, each within its limit.
    ///
    /// @throws StartException when flags cannot be loaded (and the configuration does not allow to start without), or
    ///         the port cannot be bound
    public static RunningRelay start(RelayConfig config) throws StartException {
        Logs.configure(config.log());
        if (!config.hideBanner()) Banner.print(version());
        for (Problem problem : config.problems()) LOG.warn("configuration: {}", problem);
        FlagSetThreads threads = new FlagSetThreads();
        FlagSet flags = load(config.flags(), threads);
        try {
            Access access = Access.toOne(new ServedByRuntime(flags), config.keys());
            Listener listener =
                    Listener.open(setting(config), new KeyGate(access), routes(flags), observers(config));
            LOG.atInfo()
                    .addKeyValue("host", config.server().host())
                    .addKeyValue("port", listener.port())
                    .addKeyValue("version", version())
                    .log("listening");
            return new RunningRelay(listener, flags, threads);
        } catch (IOException e) {
            flags.close();
            threads.close();
            throw new StartException(Objects.requireNonNullElse(e.getMessage(), "cannot listen"), List.of());
        }
    }

    private static FlagSet load(FlagSetConfig config, FlagSetThreads threads) throws StartException {
        try {
            return FlagSet.start(config.options(), config.createRetrievers(), threads.resources());
        } catch (FlagSetStartException e) {
            threads.close();
            throw new StartException("the flags cannot be loaded: " + e.getMessage(), e.problems());
        } catch (InvalidSettingsException e) {
            threads.close();
            throw new StartException(String.join("\n", e.problems()), List.of());
        }
    }

    private static Listener.Setting setting(RelayConfig config) {
        @Nullable
        String version = config.disableVersionHeader() ? null : version();
        RelayConfig.Server server = config.server();
        return new Listener.Setting(server.host(), server.port(), version, isDebug(config), Limits.DEFAULT);
    }

    private static List<Route> routes(FlagSet flags) {
        InstantSource clock = InstantSource.system();
        List<Route> routes = new ArrayList<>(OfrepRoutes.of(clock));
        routes.addAll(GoffRoutes.of(clock));
        routes.addAll(MonitoringRoutes.of(() -> flags.status().lastRefresh()));
        return routes;
    }

    /// Watching costs two looks at the clock a request, so nobody watches where nobody would see it.
    private static List<Observer> observers(RelayConfig config) {
        return isDebug(config) ? List.of(new AccessLog()) : List.of();
    }

    private static boolean isDebug(RelayConfig config) {
        return config.log().level() == RelayConfig.Log.Level.DEBUG;
    }

    /// Of the jar; the original's word for a build without one.
    private static String version() {
        return Objects.requireNonNullElse(Relay.class.getPackage().getImplementationVersion(), "localdev");
    }
}
