package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.Relay;
import dev.jackstaff.relay.StartException;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The relay as a process: `main` is what runs in it.
final class RelayServer {
    private RelayServer() {}

    /// Serves a flag file, which it looks at every second, the shortest interval there is.
    ///
    /// @param folder for its configuration
    /// @param more   lines of configuration
    static ServerProcess start(Optional<Integer> core, Path folder, Path flags, String more) throws IOException {
        return start(core, List.of(), folder, flags, more);
    }

    /// The same with more options for its JVM.
    static ServerProcess start(Optional<Integer> core, List<String> options, Path folder, Path flags, String more)
            throws IOException {
        Path config = Files.writeString(folder.resolve("goff-proxy.yaml"), """
                retriever: {kind: file, path: '%s'}
                server: {host: 127.0.0.1, port: 0}
                pollingInterval: 1000
                hideBanner: true
                """.formatted(flags) + more);
        return ServerProcess.start(core, options, RelayServer.class, config.toString());
    }

    /// Starts as configured.
    static ServerProcess start(Path config) throws IOException {
        return ServerProcess.start(Optional.empty(), RelayServer.class, config.toString());
    }

    public static void main(String[] arguments) throws StartException {
        ConfigReading reading = RelayConfig.read(Path.of(arguments[0]), List.of());
        if (!(reading instanceof RelayConfig config)) throw new IllegalArgumentException(reading.problems().toString());
        Relay.serve(config);
    }
}
