package dev.jackstaff.relay;

import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.config.ServerTls;
import dev.jackstaff.relay.http.Deadlines;
import dev.jackstaff.relay.http.Gatekeeper;
import dev.jackstaff.relay.http.Limits;
import dev.jackstaff.relay.http.Listener;
import dev.jackstaff.relay.http.Observer;
import dev.jackstaff.relay.http.PeerLimits;
import dev.jackstaff.relay.http.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The port for everybody, and the one for monitoring if there is one: then public routes answer there and only there.
record Ports(Listener main, @Nullable Listener monitoring) implements AutoCloseable {

    /// Makes both ready; neither is bound before [#bind].
    ///
    /// @param documentation public routes that stay on the main port in any case
    /// @param version       told on both ports, or null to tell nothing (R-D16)
    /// @param deadlines     of the requests of both ports
    /// @param log           sees the requests of both ports
    /// @param counters      see those of the main port
    /// @throws IOException when the certificates cannot be used
    static Ports prepare(
            RelayConfig config, @Nullable String version, Gatekeeper gatekeeper, List<Route> routes,
            List<Route> documentation, Deadlines deadlines, Observer log, List<Observer> counters) throws IOException {
        List<Observer> ofMain = new ArrayList<>(List.of(log));
        ofMain.addAll(counters);
        RelayConfig.Server server = config.server();
        boolean debug = config.log().level() == RelayConfig.Log.Level.DEBUG;
        Listener.Setting setting =
                new Listener.Setting(
                        server.host(), server.port(), server.unixSocket(), version, debug,
                        Limits.DEFAULT.with(PeerLimits.of(config.limits())).withQueue(config.limits().queue()),
                        config.tls(),
                        server.compression(), deadlines);
        Integer monitoringPort = server.monitoringPort();
        List<Route> open = new ArrayList<>(), guarded = new ArrayList<>(documentation);
        if (monitoringPort == null) {
            guarded.addAll(routes);
            return new Ports(Listener.prepare(setting, gatekeeper, guarded, ofMain), null);
        }
        for (Route route : routes) (route instanceof Route.PublicRoute ? open : guarded).add(route);
        return new Ports(
                Listener.prepare(setting, gatekeeper, guarded, ofMain),
                Listener.prepare(setting.atPort(monitoringPort), null, open, List.of(log)));
    }

    /// Binds the main port first, so that a probe never finds a relay that does not answer.
    ///
    /// @throws IOException when one cannot be bound; then none is
    void bind() throws IOException {
        try {
            main.bind();
            if (monitoring != null) monitoring.bind();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// @throws IOException when the certificates cannot be used; the others go on then
    void renew(ServerTls tls) throws IOException {
        main.renew(tls);
        if (monitoring != null) monitoring.renew(tls);
    }

    int monitoringPort() {
        return monitoring == null ? main.port() : monitoring.port();
    }

    /// Waits for nobody any longer; see [Listener#hurry].
    void hurry() {
        main.hurry();
        if (monitoring != null) monitoring.hurry();
    }

    /// Probes are answered until the last request is.
    @Override
    public void close() {
        main.close();
        if (monitoring != null) monitoring.close();
    }
}
