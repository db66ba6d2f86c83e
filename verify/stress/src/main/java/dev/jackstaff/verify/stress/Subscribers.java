package dev.jackstaff.verify.stress;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.MalformedJsonException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Connections that listen to changes, as server-sent events or on a WebSocket, on one thread. Some are stuck: they take what
/// opens the stream, and nothing after that. Some are restless: they leave within a second and come again, all the time. The
/// others are healthy. Whatever comes on a stream that is not stuck is taken apart and compared with what others got.
///
/// The caller's threads see only counts; everything else belongs to the thread of the subscribers.
final class Subscribers implements AutoCloseable {
    private static final int ADDRESS_HOLDS = 5_000; // of the local ports that one address has
    private static final int STUCK_BUFFER = 4_096;
    private static final int CONNECTING_AT_ONCE = 200;
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final String EDITION = "edition ";
    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
    private static final int KEPT_FINDINGS = 20;
    private static final long LONGEST_STAY = TimeUnit.SECONDS.toNanos(1);

    /// What becomes of a subscriber.
    private enum Health {
        HEALTHY, STUCK, RESTLESS
    }

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
    private final List<Subscriber> all = new ArrayList<>(), restless = new ArrayList<>();
    private final Random random = new Random(17);
    private final Map<Integer, byte[]> changes = new HashMap<>(); // as the first one got them, by edition
    private final Queue<String> findings = new ConcurrentLinkedQueue<>(); // writer: the thread
    private final Thread thread;
    private final long[] changedAt = new long[100_000]; // writer: who makes changes, before each is made
    private long[] micros = new long[1 << 16];
    private int payload;
    private int connecting;
    private int begun;
    private volatile int connected; // writer: the thread
    private volatile int heard; // writer: the thread
    private volatile int lost; // writer: the thread
    private volatile int cameAgain; // writer: the thread
    private volatile boolean restlessMove; // writer: who makes changes
    private volatile boolean again;
    private volatile boolean stopped;

    private Subscribers(InetSocketAddress server) throws IOException {
        this.server = server;
        thread = Thread.ofPlatform().daemon().name("subscribers").unstarted(this::run);
    }

    static Subscribers connect(int port, int events, int webSockets, int stuck, int restless) throws IOException {
        Subscribers subscribers = new Subscribers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        int count = events + webSockets;
        for (int number = 0; number < count; number++) {
            // Spread over both kinds.
            long odd = (long) number * (stuck + restless) / count;
            Health health = odd == (number + 1L) * (stuck + restless) / count
                    ? Health.HEALTHY
                    : odd * stuck / (stuck + restless) == (odd + 1) * stuck / (stuck + restless)
                            ? Health.RESTLESS
                            : Health.STUCK;
            Subscriber subscriber = subscribers.new Subscriber(number, number >= events, health);
            subscribers.all.add(subscriber);
            if (health == Health.RESTLESS) subscribers.restless.add(subscriber);
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

    /// How often restless ones came again.
    int cameAgain() {
        return cameAgain;
    }

    /// What was no message, or another one than others got.
    List<String> findings() {
        return List.copyOf(findings);
    }

    /// Whether restless ones leave and come again from here on.
    void moveRestless(boolean so) {
        restlessMove = so;
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
                else
                    moveRestless();
                while (begun < all.size() && connecting < CONNECTING_AT_ONCE) all.get(begun++).connect();
                selector.select(Subscriber::ready, LOOK_AGAIN_MILLIS);
            }
            for (Subscriber subscriber : all) subscriber.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void moveRestless() throws IOException {
        if (!restlessMove) return;
        long now = System.nanoTime();
        for (Subscriber each : restless) if (each.hasStayed(now)) each.comeAgain();
    }

    private void leave() throws IOException {
        for (Subscriber subscriber : all) subscriber.leave();
        selector.selectNow();
        connecting = 0;
        begun = 0;
        connected = 0;
        again = false;
    }

    private void found(String finding) {
        if (findings.size() < KEPT_FINDINGS) findings.add(finding);
    }

    /// All get the same, which is JSON.
    private void compare(int edition, byte[] text) {
        byte[] first = changes.putIfAbsent(edition, text);
        if (first == null && !isJson(text)) found("no JSON");
        if (first != null && !Arrays.equals(first, text)) found("not what others got of edition " + edition);
    }

    private static boolean isJson(byte[] text) {
        try (JsonReader json = JsonReader.over(Body.adopting(text.clone()))) {
            json.any();
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
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
        private final Health health;
        private SocketChannel channel;
        private Frames frames;
        private byte[] rest = {};
        private boolean open;
        private long leaves; // when, of a restless one
        private int last;

        Subscriber(int number, boolean webSocket, Health health) throws IOException {
            channel = SocketChannel.open();
            this.number = number;
            this.webSocket = webSocket;
            this.health = health;
            frames = frames();
        }

        private Frames frames() {
            return webSocket ? new Frames.WebSocket(() -> write(PONG)) : new Frames.Events();
        }

        void connect() throws IOException {
            connecting++;
            if (!channel.isOpen()) channel = SocketChannel.open();
            channel.configureBlocking(false);
            if (health == Health.STUCK) channel.setOption(StandardSocketOptions.SO_RCVBUF, STUCK_BUFFER);
            channel.bind(new InetSocketAddress("127.0.0." + (2 + number / ADDRESS_HOLDS), 0));
            channel.register(selector, SelectionKey.OP_CONNECT, this);
            channel.connect(server);
        }

        void leave() throws IOException {
            channel.close();
            open = false;
            rest = new byte[]{};
            frames = frames();
        }

        boolean hasStayed(long now) {
            return open && now - leaves >= 0;
        }

        void comeAgain() throws IOException {
            leave();
            connect();
            int more = cameAgain + 1;
            cameAgain = more;
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
                if (health == Health.HEALTHY) {
                    int more = lost + 1;
                    lost = more;
                }
                return;
            }
            in.flip();
            byte[] bytes = Arrays.copyOf(rest, rest.length + count);
            in.get(bytes, rest.length, count);
            int taken = open ? 0 : head(bytes);
            if (open && health == Health.STUCK) key.interestOps(0);
            else if (open) taken += messages(Arrays.copyOfRange(bytes, taken, bytes.length));
            rest = Arrays.copyOfRange(bytes, taken, bytes.length);
        }

        /// @return how many bytes were taken: all, when nothing that follows can be told apart
        private int messages(byte[] bytes) {
            try {
                return frames.take(bytes, this::told);
            } catch (Frames.TornException e) {
                found(e.toString());
                return bytes.length;
            }
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
            leaves = System.nanoTime() + random.nextLong(LONGEST_STAY);
            connecting--;
            int more = connected + 1;
            connected = more;
            return end + 4;
        }

        /// A change, if it says which; each is counted once, and only in its turn.
        private void told(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int edition = text.lastIndexOf(EDITION);
            if (edition < 0) return;
            int begin = edition + EDITION.length();
            int which = Integer.parseInt(text.substring(begin, text.indexOf('.', begin)));
            compare(which,
                    webSocket && bytes[bytes.length - 1] == '\n' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
            if (health == Health.HEALTHY && which == last + 1) tell(which, bytes.length);
            last = which;
        }

        private void write(byte[] bytes) {
            // Small, and nothing else waits there.
            ByteBuffer out = ByteBuffer.wrap(bytes);
            try {
                while (out.hasRemaining()) channel.write(out);
            } catch (IOException e) {
                // It is closed, which is seen when it is read.
            }
        }
    }
}
