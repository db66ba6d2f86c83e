package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Connections that listen to changes, as server-sent events or on a WebSocket, on one thread. Some are stuck: they take what
/// opens the stream, and nothing after that.
///
/// The caller's threads see only counts; everything else belongs to the thread of the subscribers.
final class Subscribers implements AutoCloseable {
    private static final int ADDRESS_HOLDS = 5_000; // of the local ports that one address has
    private static final int STUCK_BUFFER = 4_096;
    private static final int CONNECTING_AT_ONCE = 200;
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final String EDITION = "edition ";
    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
    private static final int PING = 9;
    private static final int TEXT = 1;

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
    private final List<Subscriber> all = new ArrayList<>();
    private final Thread thread;
    private final long[] changedAt = new long[100_000]; // writer: who makes changes, before each is made
    private long[] micros = new long[1 << 16];
    private int payload;
    private int connecting;
    private int begun;
    private volatile int connected; // writer: the thread
    private volatile int heard; // writer: the thread
    private volatile int lost; // writer: the thread
    private volatile boolean again;
    private volatile boolean stopped;

    private Subscribers(InetSocketAddress server) throws IOException {
        this.server = server;
        thread = Thread.ofPlatform().daemon().name("subscribers").unstarted(this::run);
    }

    static Subscribers connect(int port, int events, int webSockets, int stuck) throws IOException {
        Subscribers subscribers = new Subscribers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        int count = events + webSockets;
        for (int number = 0; number < count; number++) {
            // Spread over both kinds.
            boolean isStuck = (long) (number + 1) * stuck / count != (long) number * stuck / count;
            subscribers.all.add(subscribers.new Subscriber(number, number >= events, isStuck));
        }
        subscribers.thread.start();
        return subscribers;
    }

    void awaitConnected(Duration limit) {
        if (!await(() -> connected == all.size(), limit))
            throw new IllegalStateException("only " + connected + " of " + all.size() + " could subscribe");
    }

    /// Notes that a change is about to be made.
    void changing(int edition) {
        changedAt[edition] = System.nanoTime();
    }

    /// @return whether so many changes have been heard of, each by each
    boolean awaitHeard(long enough, Duration limit) {
        return await(() -> heard >= enough, limit);
    }

    /// From each change to each healthy subscriber that heard of it, as one of its own and in its turn, by size.
    long[] sortedMicros() {
        long[] sorted = Arrays.copyOf(micros, heard);
        Arrays.sort(sorted);
        return sorted;
    }

    /// How many healthy ones were cut off.
    int lost() {
        return lost;
    }

    /// Bytes of the last change.
    int payload() {
        return payload;
    }

    /// All leave, and come again as fast as they can.
    void comeAgain(Duration limit) {
        again = true;
        selector.wakeup();
        if (!await(() -> !again, limit)) throw new IllegalStateException("the subscribers do not come again");
        awaitConnected(limit);
    }

    private boolean await(BooleanSupplier so, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) return false;
            if (!thread.isAlive()) throw new IllegalStateException("the subscribers have ended");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
        }
        return true;
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (!stopped) {
                if (again) leave();
                while (begun < all.size() && connecting < CONNECTING_AT_ONCE) all.get(begun++).connect();
                selector.select(Subscriber::ready, LOOK_AGAIN_MILLIS);
            }
            for (Subscriber subscriber : all) subscriber.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void leave() throws IOException {
        for (Subscriber subscriber : all) subscriber.leave();
        selector.selectNow();
        connecting = 0;
        begun = 0;
        connected = 0;
        again = false;
    }

    private void tell(int edition, int bytes) {
        int count = heard;
        if (count == micros.length) micros = Arrays.copyOf(micros, 2 * count);
        micros[count] = (System.nanoTime() - changedAt[edition]) / 1_000;
        payload = bytes;
        heard = count + 1;
    }

    private final class Subscriber {
        private final int number;
        private final boolean webSocket;
        private final boolean stuck;
        private SocketChannel channel;
        private byte[] rest = {};
        private boolean open;
        private int last;

        Subscriber(int number, boolean webSocket, boolean stuck) throws IOException {
            channel = SocketChannel.open();
            this.number = number;
            this.webSocket = webSocket;
            this.stuck = stuck;
        }

        void connect() throws IOException {
            connecting++;
            if (!channel.isOpen()) channel = SocketChannel.open();
            channel.configureBlocking(false);
            if (stuck) channel.setOption(StandardSocketOptions.SO_RCVBUF, STUCK_BUFFER);
            channel.bind(new InetSocketAddress("127.0.0." + (2 + number / ADDRESS_HOLDS), 0));
            channel.register(selector, SelectionKey.OP_CONNECT, this);
            channel.connect(server);
        }

        void leave() throws IOException {
            channel.close();
            open = false;
            rest = new byte[]{};
        }

        static void ready(SelectionKey key) {
            try {
                ((Subscriber) key.attachment()).ready(key, key.readyOps());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void ready(SelectionKey key, int operations) throws IOException {
            if ((operations & SelectionKey.OP_CONNECT) != 0) {
                channel.finishConnect();
                write(request());
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            in.clear();
            int count;
            try {
                count = channel.read(in);
            } catch (IOException e) {
                count = -1;
            }
            if (count < 0) {
                key.cancel();
                channel.close();
                if (!stuck) {
                    int more = lost + 1;
                    lost = more;
                }
                return;
            }
            in.flip();
            byte[] bytes = Arrays.copyOf(rest, rest.length + count);
            in.get(bytes, rest.length, count);
            int taken = open ? 0 : head(bytes);
            if (open && stuck) key.interestOps(0);
            else if (open) taken = webSocket ? frames(bytes, taken) : lines(bytes, taken);
            rest = Arrays.copyOfRange(bytes, taken, bytes.length);
        }

        private byte[] request() {
            List<String> head = webSocket
                    ? List.of("GET /stream/v1/ws/flag/change HTTP/1.1", "Host: relay", "Upgrade: websocket",
                            "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "", "")
                    : List.of("GET /stream/v1/sse/flag/change HTTP/1.1", "Host: relay", "", "");
            return String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII);
        }

        /// @return where what follows the head begins; 0 while it is not whole
        private int head(byte[] bytes) {
            int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            if (end < 0) return 0;
            String status = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
            if (!status.equals(webSocket ? "HTTP/1.1 101" : "HTTP/1.1 200")) throw new IllegalStateException(status);
            open = true;
            connecting--;
            int more = connected + 1;
            connected = more;
            return end + 4;
        }

        /// Takes whole lines; those of HTTP's chunks between them say nothing.
        private int lines(byte[] bytes, int from) {
            int start = from;
            for (int at = from; at < bytes.length; at++) {
                if (bytes[at] != '\n') continue;
                told(bytes, start, at - start);
                start = at + 1;
            }
            return start;
        }

        /// Takes whole frames, which a server sends without a mask, and answers pings.
        private int frames(byte[] bytes, int from) throws IOException {
            int at = from;
            while (at + 2 <= bytes.length) {
                int length = bytes[at + 1] & 0x7F;
                int body = at + 2;
                if (length == 126) {
                    if (at + 4 > bytes.length) break;
                    length = ((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF);
                    body = at + 4;
                }
                if (body + length > bytes.length) break;
                int kind = bytes[at] & 0x0F;
                if (kind == PING) write(PONG);
                if (kind == TEXT) told(bytes, body, length);
                at = body + length;
            }
            return at;
        }

        /// A change, if it says which; each is counted once, and only in its turn.
        private void told(byte[] bytes, int from, int length) {
            String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
            int edition = text.lastIndexOf(EDITION);
            if (edition < 0) return;
            int begin = edition + EDITION.length();
            int which = Integer.parseInt(text.substring(begin, text.indexOf('.', begin)));
            if (which == last + 1) tell(which, length);
            last = which;
        }

        private void write(byte[] bytes) throws IOException {
            // Small, and nothing else waits there.
            ByteBuffer out = ByteBuffer.wrap(bytes);
            while (out.hasRemaining()) channel.write(out);
        }
    }
}
