package dev.jackstaff.verify.museum;

import dev.jackstaff.verify.museum.KeptPortTest.Starter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// #5217: a relay that had been told to stop kept its port, so that the next one could not start.
class KeptPortTest implements Exhibit<Starter> {
    private final List<AutoCloseable> left = new ArrayList<>();

    @TempDir
    Path folder;

    @FunctionalInterface
    interface Starter {
        /// @return what stops it
        AutoCloseable start(int port) throws Exception;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : left) closeable.close();
    }

    @Override
    public Starter twin() {
        return port -> {
            ServerSocket listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            left.add(listener);
            return () -> {};
        };
    }

    @Override
    public Starter ours() {
        return port -> TestRelay.serving(folder, "f: {variations: {a: 1}, defaultRule: {variation: a}}\n", port);
    }

    @Override
    public Optional<String> examine(Starter starter) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        AutoCloseable first = starter.start(port);
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            first.close();
        }
        try (AutoCloseable _ = starter.start(port)) {
            return Optional.empty();
        } catch (IOException | dev.jackstaff.relay.StartException taken) {
            return Optional.of("the next one cannot start: " + taken.getMessage());
        }
    }
}
