package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Connections that are slow, in one thread. They come one after the other, and one that is closed comes again: so what they do
/// is the same in each second, once all are there.
final class Peers implements AutoCloseable {
    private static final List<Way> WAYS = List.of(Way.values());
    private static final long DRIP = Duration.ofMillis(250).toNanos();
    private static final int RECEIVE_BUFFER = 4_096;

    /// What is sent at once takes the core from who measures on it until the system has brought it to the server.
    private static final int PIECE = 1_024;

    /// How a peer is slow: one fifth of them each way.
    private enum Way {
        /// A head that drips.
        HEAD("GET /health HTTP/1.1\r\nHost: relay\r\nX: ", 1),

        /// A body that drips, hardly faster than it has to.
        BODY("POST /v1/data/collector HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100000\r\n\r\n{", 300),

        /// Requests that are sent ahead and whose answers are not read; another one drips, by which it is seen that the
        /// connection is closed.
        ANSWERS(SlowPeers.BULK.repeat(200), 1),

        /// A stream that is not read.
        STREAM("GET /stream/v1/sse/flag/change HTTP/1.1\r\nHost: relay\r\n\r\n", 0),

        /// Not a word.
        NOTHING("", 0);

        private final String begin, drip;

        /// @param begin what is sent at once
        /// @param drip  how many bytes now and then
        Way(String begin, int drip) {
            this.begin = begin;
            this.drip = "x".repeat(drip);
        }
    }

    private final InetSocketAddress address;
    private final Duration coming;
    private final Peer[] peers;
    private final Thread thread;
    private final AtomicLong came = new AtomicLong();
    private volatile boolean stopped; // writer: close
    private volatile boolean all; // have come; writer: the thread
    private volatile @Nullable RuntimeException failed; // writer: the thread

    /// @param coming within which all have come
    Peers(int port, int many, Duration coming) {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.coming = coming;
        peers = new Peer[many];
        for (int i = 0; i < many; i++) peers[i] = new Peer(WAYS.get(i % WAYS.size()));
        thread = Thread.ofPlatform().name("peers").start(() -> {
            try {
                run();
            } catch (IOException e) {
                failed = new UncheckedIOException(e);
            }
        });
    }

    private void run() throws IOException {
        long begun = System.nanoTime();
        try {
            for (long step = 0; !stopped; step++) {
                int next = (int) (step % peers.length);
                long passed = step * DRIP / peers.length;
                awaitTime(begun + passed);
                if (passed >= coming.toNanos() / peers.length * next) peers[next].step();
                if (next == peers.length - 1 && peers[next].channel != null) all = true;
            }
        } finally {
            for (Peer peer : peers) peer.close();
        }
    }

    private void awaitTime(long due) {
        for (long early; !stopped && (early = due - System.nanoTime()) > 0;) LockSupport.parkNanos(this, early);
    }

    /// How many connections there have been, those of peers that came again included.
    long came() {
        return came.get();
    }

    void awaitAll() {
        while (!all) {
            check();
            LockSupport.parkNanos(this, DRIP);
        }
    }

    private void check() {
        RuntimeException failed = this.failed;
        if (failed != null) throw new IllegalStateException("the slow peers have ended", failed);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }

    private final class Peer {
        private final byte[] begin, drip;
        private @Nullable SocketChannel channel;
        private ByteBuffer unsent = ByteBuffer.allocate(0);

        Peer(Way way) {
            begin = way.begin.getBytes(StandardCharsets.US_ASCII);
            drip = way.drip.getBytes(StandardCharsets.US_ASCII);
        }

        /// Sends a little more, or comes.
        void step() throws IOException {
            SocketChannel open = channel;
            if (open != null && (unsent.hasRemaining() ? write(open, unsent) : write(open, ByteBuffer.wrap(drip))))
                return;
            close();
            come();
        }

        private void come() throws IOException {
            SocketChannel open = SocketChannel.open();
            channel = open;
            open.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            open.connect(address);
            open.configureBlocking(false);
            came.incrementAndGet();
            unsent = ByteBuffer.wrap(begin);
            boolean _ = write(open, unsent);
        }

        /// @return whether the connection is open, as far as can be told
        // Others may go first; nothing depends on it.
        @SuppressWarnings("ThreadPriorityCheck")
        private static boolean write(SocketChannel open, ByteBuffer bytes) {
            try {
                while (bytes.hasRemaining()) {
                    ByteBuffer piece = bytes.slice(bytes.position(), Math.min(PIECE, bytes.remaining()));
                    int sent = open.write(piece);
                    bytes.position(bytes.position() + sent);
                    if (piece.hasRemaining()) break;
                    Thread.yield();
                }
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        void close() throws IOException {
            if (channel != null) channel.close();
        }
    }
}
