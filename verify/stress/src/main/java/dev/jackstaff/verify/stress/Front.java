package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// An HAProxy in front of a server, with one connection to it that all callers share.
final class Front implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"), Path.of("/usr/bin/haproxy"));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final Process process;
    private final int port;

    private Front(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param folder for its configuration
    /// @return empty when this machine has none
    static Optional<Front> of(int server, Path folder) throws IOException {
        Optional<Path> program = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) return Optional.empty();
        int port = freePort();
        Path config = Files.writeString(folder.resolve("haproxy.cfg"), """
                global
                    maxconn 4096
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                    timeout queue 60s
                frontend callers
                    bind 127.0.0.1:%d
                    default_backend relay
                backend relay
                    http-reuse always
                    server relay 127.0.0.1:%d maxconn 1
                """.formatted(port, server));
        Front front = new Front(
                new ProcessBuilder(program.get().toString(), "-db", "-f", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("haproxy.log").toFile())
                        .start(),
                port);
        front.awaitOpen();
        return Optional.of(front);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitOpen() throws IOException {
        for (Instant end = Instant.now().plus(PATIENCE);;) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive() || Instant.now().isAfter(end)) throw new IOException("haproxy does not open", e);
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
