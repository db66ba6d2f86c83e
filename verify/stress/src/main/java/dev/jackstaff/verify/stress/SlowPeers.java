package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// T15: connections that are stuck in every way, beside normal traffic, which is to notice nothing. One fifth each of them drips
/// the head of a request, drips a body, sends requests ahead and reads no answer, holds a stream and reads none of it, and says
/// nothing at all. One that the relay closes comes again.
///
/// Rounds with and without them take turns, so that what disturbs the machine disturbs both.
final class SlowPeers {
    private static final double SLOWER = 1.2, NOTICEABLE_MILLIS = 1;
    private static final long HEAP_KIB_EACH = 64, HEAP_KIB = 8 * 1024;
    private static final int CONNECTIONS = 16, PER_SECOND = 2_000;
    private static final long DRIP = Duration.ofMillis(250).toNanos();
    private static final int BULK_FLAGS = 100;
    private static final String JSON = "{\"context\":{\"targetingKey\":\"user-1\"}}";

    /// @param peers  that are slow
    /// @param rounds of each kind, after one that warms up
    record Effort(Optional<Integer> core, int peers, int rounds, double seconds) {}

    /// What came of it.
    ///
    /// @param without    99 % of the answers came within so many milliseconds, in the median of the rounds
    /// @param with       the same beside slow peers
    /// @param heapBefore KiB in use after a full collection
    /// @param heapWith   the same with all slow peers
    /// @param came       connections of slow peers, those that came again included
    /// @param findings   of the normal traffic
    record Outcome(Effort effort, double without, double with, long heapBefore, long heapWith, long came,
            List<String> findings) {

        List<String> broken() {
            List<String> broken = new ArrayList<>(findings);
            if (with > Math.max(without * SLOWER, without + NOTICEABLE_MILLIS)) broken.add("slower");
            if (heapWith - heapBefore > HEAP_KIB + HEAP_KIB_EACH * effort.peers) broken.add("heap");
            if (came < effort.peers) broken.add("not all have come");
            return broken;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, """
                    %s %d slow peers, which came %d times, beside %d requests a second %s
                      99 %% of the answers within %.2f ms without them, %.2f ms beside them
                      heap %,d KiB without them, %,d KiB with them (%.1f KiB each)""",
                    broken().isEmpty() ? "kept  " : "BROKEN", effort.peers, came, PER_SECOND, broken(), without, with,
                    heapBefore, heapWith, (heapWith - heapBefore) / (double) effort.peers);
        }
    }

    private SlowPeers() {}

    /// @param folder for files that can be thrown away
    static Outcome run(Path folder, Effort effort, PrintStream progress) throws IOException {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), String.join("", IntStream.range(0, BULK_FLAGS)
                .mapToObj("flag-%d: {variations: {a: A, b: B}, defaultRule: {variation: a}}%n"::formatted)
                .toList()));
        try (ServerProcess relay = RelayServer.start(effort.core, folder, flags, "");
                Flood normal = Flood.start(new Flood.Effort(
                        relay.port(),
                        List.of(Question.post("/ofrep/v1/evaluate/flags/flag-1", JSON),
                                Question.post("/ofrep/v1/evaluate/flags", JSON)),
                        CONNECTIONS, 0, Duration.ofSeconds(1).toNanos()))) {
            normal.pace(PER_SECOND);
            Flood.Outcome _ = normal.during(effort.seconds);
            long heapBefore = relay.heap(), heapWith = 0, came = 0;
            List<Double> without = new ArrayList<>(), with = new ArrayList<>();
            List<String> findings = new ArrayList<>();
            for (int round = 0; round <= effort.rounds; round++) {
                if (round == 1) forget(without, with, findings);
                without.add(millis(normal.during(effort.seconds), findings));
                try (Peers peers = new Peers(relay.port(), effort.peers)) {
                    peers.awaitAll();
                    Flood.Outcome _ = normal.during(effort.seconds);
                    with.add(millis(normal.during(effort.seconds), findings));
                    heapWith = Math.max(heapWith, relay.heap());
                    came += peers.came.get();
                }
                progress.printf(Locale.ROOT, "round %d of %d: %.2f ms without, %.2f ms beside slow peers%n", round,
                        effort.rounds, without.getLast(), with.getLast());
                Flood.Outcome _ = normal.during(1);
            }
            return new Outcome(effort, median(without), median(with), heapBefore, heapWith, came / (effort.rounds + 1),
                    findings);
        }
    }

    /// What the relay did while it still compiled itself.
    private static void forget(List<?>... rounds) {
        for (List<?> each : rounds) each.clear();
    }

    private static double millis(Flood.Outcome outcome, List<String> findings) {
        findings.addAll(outcome.findings());
        if (outcome.good() == 0) findings.add("no answer at all");
        if (outcome.refusals() > 0) findings.add(outcome.refusals() + " refusals");
        return outcome.most();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// How a peer is slow.
    private enum Way {
        HEAD("GET /health HTTP/1.1\r\nHost: relay\r\nX: ", 1),
        BODY("POST /v1/data/collector HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100000\r\n\r\n{", 300),
        ANSWERS(ahead(), 0),
        STREAM("GET /stream/v1/sse/flag/change HTTP/1.1\r\nHost: relay\r\n\r\n", 0),
        NOTHING("", 0);

        private final String begin;
        private final int drip;

        /// @param begin what is sent at once
        /// @param drip  how many bytes now and then
        Way(String begin, int drip) {
            this.begin = begin;
            this.drip = drip;
        }

        private static String ahead() {
            String request =
                    "POST /ofrep/v1/evaluate/flags HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + JSON.length() + "\r\n\r\n" + JSON;
            return request.repeat(200);
        }
    }

    /// All slow peers, in one thread.
    private static final class Peers implements AutoCloseable {
        private static final List<Way> WAYS = List.of(Way.values());
        private static final int RECEIVE_BUFFER = 4_096;

        private final InetSocketAddress address;
        private final int many;
        private final Thread thread;
        private volatile boolean stopped; // writer: close
        private volatile boolean all; // writer: the thread
        private final AtomicLong came = new AtomicLong();
        private volatile @Nullable RuntimeException failed; // writer: the thread

        Peers(int port, int many) {
            this.many = many;
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            thread = Thread.ofPlatform().start(() -> {
                try {
                    run();
                } catch (IOException e) {
                    failed = new UncheckedIOException(e);
                }
            });
        }

        private void run() throws IOException {
            List<SocketChannel> open = new ArrayList<>();
            ByteBuffer[] unsent = new ByteBuffer[many];
            try {
                for (int i = 0; i < many && !stopped; i++) open.add(connected(i, unsent));
                all = true;
                for (int next = 0; !stopped; next = (next + 1) % many) {
                    step(next, open, unsent);
                    LockSupport.parkNanos(this, DRIP / many);
                }
            } finally {
                for (SocketChannel channel : open) channel.close();
            }
        }

        private static Way wayOf(int peer) {
            return WAYS.get(peer % WAYS.size());
        }

        private SocketChannel connected(int peer, ByteBuffer[] unsent) throws IOException {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.connect(address);
            channel.configureBlocking(false);
            unsent[peer] = ByteBuffer.wrap(wayOf(peer).begin.getBytes(StandardCharsets.US_ASCII));
            came.incrementAndGet();
            write(channel, unsent[peer]);
            return channel;
        }

        /// Sends a little more; one whose connection is closed comes again.
        private void step(int peer, List<SocketChannel> open, ByteBuffer[] unsent) throws IOException {
            Way way = wayOf(peer);
            SocketChannel channel = open.get(peer);
            boolean isOpen = write(channel, unsent[peer])
                    && (way.drip == 0 || write(channel,
                            ByteBuffer.wrap("x".repeat(way.drip).getBytes(StandardCharsets.US_ASCII))));
            if (isOpen) return;
            channel.close();
            open.set(peer, connected(peer, unsent));
        }

        private static boolean write(SocketChannel channel, ByteBuffer bytes) {
            try {
                int _ = bytes.hasRemaining() ? channel.write(bytes) : 0;
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        void awaitAll() {
            while (!all) {
                RuntimeException failed = this.failed;
                if (failed != null) throw failed;
                LockSupport.parkNanos(this, DRIP);
            }
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            RuntimeException failed = this.failed;
            if (failed != null) throw failed;
        }
    }
}
