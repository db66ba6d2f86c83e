package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// T17: many subscribers of changes, some of which take nothing that is sent to them and some of which leave and come again all
/// the time, while a flag changes again and again.
///
/// A change is made by writing the flag file and refreshing by hand, and its time runs from there: a relay that only polls
/// would add up to one interval.
final class Streams {
    private static final String ADMIN_KEY = "operator";
    private static final double P99_MILLIS = 1_000;
    private static final long HERD_KIB = 1_024; // a tenth of a KiB each for 10,000
    private static final int FILLER = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// How much of it.
    ///
    /// @param stuck    of all subscribers, how many take nothing
    /// @param restless how many leave and come again
    record Effort(int events, int webSockets, Duration every, double stuck, double restless, int changes) {
        int healthy() {
            return all() - blocked() - moving();
        }

        int blocked() {
            return (int) Math.ceil(all() * stuck);
        }

        int moving() {
            return (int) Math.ceil(all() * restless);
        }

        private int all() {
            return events + webSockets;
        }
    }

    /// What came of it.
    ///
    /// @param heard       changes that healthy subscribers heard of, each by each
    /// @param missed      those they did not, or not as one of their own
    /// @param lost        healthy subscribers that were cut off
    /// @param cameAgain   how often others did
    /// @param findings    what came that was no message, or not the one that others got
    /// @param p99, median, slowest from the change to a healthy subscriber's having it, in milliseconds
    /// @param heapBefore  KiB in use after a full collection, before the first subscriber
    /// @param heapWith    with all of them, after the last change
    /// @param heapOnce, heapHerd after all have left and come again at once, and after they have done so once more
    /// @param payload     bytes of one change, as it is sent
    record Outcome(
            Effort effort, long heard, long missed, int lost, int cameAgain, List<String> findings, double median,
            double p99, double slowest, long heapBefore, long heapWith, long heapOnce, long heapHerd, int payload) {
        /// KiB that a herd leaves behind.
        long herd() {
            return heapHerd - heapOnce;
        }

        boolean kept() {
            return missed == 0 && lost == 0 && findings.isEmpty() && p99 < P99_MILLIS && herd() < HERD_KIB;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, """
                    %d server-sent events, %d WebSockets, %d of them stuck and %d restless, which came again %d times; \
                    %d changes of %d bytes, one every %d ms
                    healthy: %d heard, %d missed, %d cut off; torn: %s
                    from a change to having it: median %.1f ms, p99 %.1f ms, slowest %.1f ms
                    heap after a full collection: %d KiB without subscribers, %d KiB with them (%.2f KiB each), %d KiB after all \
                    came again at once, %d KiB after they did once more""",
                    effort.events, effort.webSockets, effort.blocked(), effort.moving(), cameAgain, effort.changes,
                    payload, effort.every.toMillis(), heard, missed, lost, findings.isEmpty() ? "none" : findings,
                    median, p99, slowest, heapBefore, heapWith,
                    (heapWith - heapBefore) / (double) effort.all(), heapOnce, heapHerd);
        }
    }

    private final Effort effort;
    private final Path flags;

    private Streams(Path folder, Effort effort) {
        this.effort = effort;
        flags = folder.resolve("flags.yaml");
    }

    /// Against a relay.
    static Outcome run(Path folder, Effort effort) throws IOException {
        Streams streams = new Streams(folder, effort);
        streams.write(0);
        try (ServerProcess relay = RelayServer.start(Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {host: 127.0.0.1, port: 0}
                hideBanner: true
                retriever: {kind: file, path: '%s'}
                pollingInterval: -1
                authorizedKeys: {admin: [%s]}
                """.formatted(streams.flags, ADMIN_KEY)))) {
            return streams.run(relay, PATIENCE);
        }
    }

    /// Against any server that answers alike.
    ///
    /// @param patience how long to wait for what has not been heard after the last change
    static Outcome run(Path folder, Effort effort, ServerProcess server, Duration patience) throws IOException {
        Streams streams = new Streams(folder, effort);
        streams.write(0);
        return streams.run(server, patience);
    }

    private Outcome run(ServerProcess server, Duration patience) throws IOException {
        int port = server.port();
        long heapBefore = server.heap();
        try (Subscribers subscribers = Subscribers.connect(
                port, effort.events, effort.webSockets, effort.blocked(), effort.moving())) {
            subscribers.awaitConnected(PATIENCE);
            subscribers.moveRestless(true);
            long next = System.nanoTime();
            for (int change = 1; change <= effort.changes; change++) {
                while (System.nanoTime() < next) LockSupport.parkNanos(next - System.nanoTime());
                next += effort.every.toNanos();
                write(change);
                subscribers.changing(change);
                refresh(port);
            }
            boolean _ = subscribers.awaitHeard((long) effort.changes * effort.healthy(), patience);
            long[] micros = subscribers.sortedMicros();
            int lost = subscribers.lost(), cameAgain = subscribers.cameAgain();
            subscribers.moveRestless(false);
            long heapWith = server.heap();
            subscribers.comeAgain(PATIENCE); // which loads what only a herd needs
            long heapOnce = server.heap();
            subscribers.comeAgain(PATIENCE);
            long heapHerd = server.heap();
            return new Outcome(
                    effort, micros.length, (long) effort.changes * effort.healthy() - micros.length, lost,
                    cameAgain, subscribers.findings(), millis(micros, 0.5), millis(micros, 0.99), millis(micros, 1),
                    heapBefore, heapWith, heapOnce,
                    heapHerd, subscribers.payload());
        }
    }

    private static double millis(long[] sortedMicros, double share) {
        if (sortedMicros.length == 0) return Double.NaN;
        return sortedMicros[(int) Math.min(sortedMicros.length - 1L, Math.round(sortedMicros.length * share))] / 1e3;
    }

    private void write(int edition) throws IOException {
        Path next = Files.writeString(flags.resolveSibling("flags.yaml.new"), """
                beta:
                  variations: {"on": %s edition %d.}
                  defaultRule: {variation: "on"}
                """.formatted("x".repeat(FILLER), edition));
        Files.move(next, flags, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void refresh(int port) throws IOException {
        byte[] _ = Question.post("/admin/v1/retriever/refresh", "", "X-API-Key: " + ADMIN_KEY).answerOf(port);
    }
}
