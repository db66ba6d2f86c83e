package dev.jackstaff.verify.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.Relay;
import dev.jackstaff.relay.RunningRelay;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A relay with documentation that serves the flag file everybody starts with, `examples/flags.yaml`.
record TestRelay(RunningRelay relay) implements AutoCloseable {
    static final Path ROOT = root();

    /// @param more of the configuration
    static TestRelay start(Path folder, String more) throws Exception {
        Path file = Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {host: 127.0.0.1, port: 0}
                retriever: {kind: file, path: '%s'}
                swagger: {enabled: true}
                logLevel: error
                hideBanner: true
                """.formatted(ROOT.resolve("examples/flags.yaml")) + more);
        ConfigReading reading = RelayConfig.read(file, List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return new TestRelay(Relay.start((RelayConfig) reading));
    }

    String address() {
        return "http://127.0.0.1:" + relay.port();
    }

    @Override
    public void close() {
        relay.close();
    }

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .filter(path -> Files.exists(path.resolve("ARCHITECTURE.md")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not below the root of the repository"));
    }
}
