package dev.jackstaff.verify.museum;

import dev.jackstaff.verify.museum.TwoWritersTest.Server;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// #5463, #5469: whoever broadcast a change and whoever answered a ping wrote to the WebSocket, at the same time. The library
/// of the original panics then, which ended the process; without that check, one's frame would begin within the other's.
class TwoWritersTest implements Exhibit<Server> {
    private static final int PINGS = 1_000, CHANGES = 30, PINGS_AT_ONCE = 16;
    private static final int TEXT = 0x81, PING = 0x89, PONG = 0x8A;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String HANDSHAKE = """
            GET /stream/v1/ws/flag/change HTTP/1.1\r
            Host: relay\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    private final Threads threads = new Threads();

    @TempDir
    Path folder;

    interface Server extends AutoCloseable {
        int port();

        /// Everybody hears of it soon.
        void change(int edition) throws Exception;

        @Override
        void close() throws IOException;
    }

    @AfterEach
    void letGo() {
        threads.interrupt();
    }

    /// Header and payload of a frame in two writes, as libraries do, and two threads that know nothing of each other.
    @Override
    public Server twin() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CountDownLatch connected = new CountDownLatch(1);
        OutputStream[] broadcast = new OutputStream[1];
        threads.execute(() -> {
            try (Socket socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                passHead(in);
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                broadcast[0] = out;
                connected.countDown();
                while (true) {
                    in.readUnsignedByte();
                    byte[] ping = in.readNBytes((in.readUnsignedByte() & 0x7F) + 4);
                    write(out, PONG, ByteBuffer.wrap(ping, 4, ping.length - 4).slice());
                }
            } catch (IOException ended) {
                // by the client
            }
        });
        return new Server() {
            @Override
            public int port() {
                return listener.getLocalPort();
            }

            @Override
            public void change(int edition) throws Exception {
                connected.await();
                // One at a time would be luck: each change is as many writes as others make in a second.
                for (int i = 0; i < 100; i++)
                    write(broadcast[0], TEXT, ByteBuffer.wrap(text(edition).getBytes(StandardCharsets.US_ASCII)));
            }

            @Override
            public void close() throws IOException {
                listener.close();
            }
        };
    }

    private static void write(OutputStream out, int first, ByteBuffer payload) throws IOException {
        out.write(new byte[]{(byte) first, (byte) payload.remaining()});
        LockSupport.parkNanos(1);
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        out.write(bytes);
    }

    private static String text(int edition) {
        return "{\"updated\":" + edition + "}\n";
    }

    @Override
    public Server ours() throws Exception {
        TestRelay relay = TestRelay.serving(folder, flag(0));
        return new Server() {
            @Override
            public int port() {
                return relay.port();
            }

            @Override
            public void change(int edition) throws Exception {
                relay.change(flag(edition + 1));
            }

            @Override
            public void close() {
                relay.close();
            }
        };
    }

    private static String flag(int value) {
        return "f: {variations: {v: " + value + "}, defaultRule: {variation: v}}\n";
    }

    @Override
    public Optional<String> examine(Server server) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            passHead(in);
            // More would be cut off, as one that does not read.
            Semaphore unanswered = new Semaphore(PINGS_AT_ONCE);
            threads.execute(() -> ping(socket, unanswered));
            AtomicBoolean changed = new AtomicBoolean();
            threads.execute(() -> {
                try {
                    for (int edition = 0; edition < CHANGES; edition++) server.change(edition);
                } catch (Exception e) {
                    // seen by who reads
                }
                changed.set(true);
            });
            int pongs = 0, changes = 0;
            while (pongs < PINGS || !changed.get() || changes == 0) {
                int first = in.readUnsignedByte(), length = in.readUnsignedByte();
                if (length == 126) length = in.readUnsignedShort();
                String payload = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
                if (first == PONG && payload.equals("ping-" + pongs)) {
                    pongs++;
                    unanswered.release();
                } else if (first == TEXT && payload.startsWith("{") && payload.endsWith("}\n")) changes++;
                else if (first != PING)
                    return Optional.of("after " + pongs + " pongs and " + changes + " changes came "
                            + Integer.toHexString(first) + " with " + payload);
            }
            return Optional.empty();
        }
    }

    /// Until the end of the connection, so that there are pings beside each change.
    private static void ping(Socket socket, Semaphore unanswered) {
        try {
            for (int i = 0;; i++) {
                unanswered.acquire();
                byte[] text = ("ping-" + i).getBytes(StandardCharsets.US_ASCII);
                byte[] frame = ByteBuffer.allocate(text.length + 6)
                        .put((byte) PING)
                        .put((byte) (0x80 | text.length))
                        .putInt(0)
                        .put(text)
                        .array();
                socket.getOutputStream().write(frame);
            }
        } catch (IOException | InterruptedException ended) {
            // by who reads
        }
    }

    private static void passHead(InputStream in) throws IOException {
        for (int newlines = 0; newlines < 2;) {
            int next = in.read();
            if (next < 0) throw new IOException("closed within its head");
            if (next == '\n') newlines++;
            else if (next != '\r') newlines = 0;
        }
    }
}
