package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// T15: connections that are stuck in every way, beside normal traffic, which is to notice nothing. One fifth each of them drips
/// the head of a request, drips a body, sends requests ahead and reads no answer, holds a stream and reads none of it, and says
/// nothing at all. One that the server closes comes again.
///
/// What is compared are short windows of time, many of them: half while the peers are connected to the server and half while they are
/// connected to a [Neighbour] on its core, in rounds that take turns, so that what disturbs the machine disturbs both. Peers and
/// callers are on one machine here, and wait for each other before anything has come to a server. Windows without any slow peers are
/// told beside these. They are so short that what disturbs the machine once or twice a second, and then takes a core for
/// milliseconds, leaves most of them alone.
final class SlowPeers {
    private static final double SLOWER = 1.2;
    private static final long HEAP_KIB_EACH = 64, HEAP_KIB = 8 * 1024;
    private static final int PER_SECOND = 2_000;

    /// So many that each call finds one that is free, though the server should answer nothing for 30 ms: a call that is not made
    /// would not be among those that took long.
    private static final int CONNECTIONS = 64;

    /// Of two milliseconds, in which the load looks twice for what is due.
    private static final int CALLS_AT_ONCE = 4;

    /// Young objects have room for some seconds, so that collections of them, which take longer the more connections come and go,
    /// take little of the time in all. And one that has run for a while has touched all of its heap; the first touch of each page
    /// is the machine's time.
    private static final List<String> HEAP = List.of("-Xmx512m", "-Xms512m", "-Xmn320m", "-XX:+AlwaysPreTouch");

    /// How many times as many slow peers are there first, until the server has compiled what it does for them.
    private static final int CROWD = 4;

    /// The share of the time that a server compiles which has run for a while.
    private static final double SETTLED = 0.002;

    private static final int BULK_FLAGS = 100;
    private static final String JSON = "{\"context\":{\"targetingKey\":\"user-1\"}}";
    private static final Question ALL_FLAGS = Question.post("/ofrep/v1/evaluate/flags", JSON),
            ONE_FLAG = Question.post("/ofrep/v1/evaluate/flags/flag-1", JSON);
    static final String BULK = new String(ALL_FLAGS.request(), StandardCharsets.US_ASCII);

    /// @param peers   that are slow
    /// @param coming  within which they come: as long as the relay bears with them, so that each second is like the others
    /// @param rounds  of each kind, after one that warms up
    /// @param windows of each round
    /// @param seconds of each window
    /// @param warmUps before that, of so many windows each, at most
    record Effort(Optional<Integer> core, int peers, Duration coming, int rounds, int windows, double seconds,
            int warmUps) {
        Effort with(int peers, int rounds) {
            return new Effort(core, peers, coming, rounds, windows, seconds, warmUps);
        }
    }

    /// What came of it.
    ///
    /// @param without    of each window without slow peers
    /// @param elsewhere  the same while a neighbour has them
    /// @param beside     the same while the server has them
    /// @param heapBefore KiB in use after a full collection
    /// @param heapWith   the same with all slow peers
    /// @param came       connections of slow peers in a round, those that came again included
    record Outcome(Effort effort, List<Flood.Outcome> without, List<Flood.Outcome> elsewhere,
            List<Flood.Outcome> beside, long heapBefore, long heapWith, long came) {

        List<String> broken() {
            List<String> broken = new ArrayList<>();
            if (!(most(beside) <= SLOWER * most(elsewhere))) broken.add("slower");
            long asked = beside.stream().mapToLong(Flood.Outcome::calls).sum();
            if (100 * beside.stream().mapToLong(it -> it.givenUp() + it.leftOut()).sum() > asked)
                broken.add("1 % of the calls could not be made");
            if (heapWith - heapBefore > HEAP_KIB + HEAP_KIB_EACH * effort.peers) broken.add("heap");
            if (came < effort.peers) broken.add("not all have come");
            broken.addAll(findings());
            return broken;
        }

        /// Of the normal traffic.
        List<String> findings() {
            List<String> findings = new ArrayList<>();
            for (Flood.Outcome each : all()) {
                findings.addAll(each.findings());
                if (each.good() == 0) findings.add("no answer at all");
                if (each.refusals() > 0) findings.add(each.refusals() + " refusals");
            }
            return findings;
        }

        private List<Flood.Outcome> all() {
            return Stream.of(without, elsewhere, beside).flatMap(List::stream).toList();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, """
                    %s %d slow peers, which came %d times, beside %d requests a second, %d times %.2f s %s
                      99 %% of the answers within %.3f ms with them, %.3f ms while a neighbour has them: %.2f x; %.3f ms without
                      in the worst tenth of the time within %.3f ms with them, %.3f ms while a neighbour has them
                      50 %% of the answers within %.3f ms with them, %.3f ms while a neighbour has them
                      all windows taken together, 99 %% within %.3f ms with them, %.3f ms while a neighbour has them, %.3f ms without
                      all windows taken together, 99.9 %% within %.2f ms with them, %.2f ms while a neighbour has them, %.2f ms without
                      heap %,d KiB without them, %,d KiB with them (%.1f KiB each)""",
                    broken().isEmpty() ? "kept  " : "BROKEN", effort.peers, came, PER_SECOND, beside.size(),
                    effort.seconds, broken(), most(beside), most(elsewhere), most(beside) / most(elsewhere),
                    most(without),
                    mostAtWorst(beside), mostAtWorst(elsewhere), half(beside), half(elsewhere),
                    together(beside, 0.99), together(elsewhere, 0.99), together(without, 0.99),
                    together(beside, 0.999), together(elsewhere, 0.999), together(without, 0.999),
                    heapBefore, heapWith,
                    (heapWith - heapBefore) / (double) effort.peers);
        }
    }

    private final Effort effort;
    private final PrintStream progress;

    SlowPeers(Effort effort, PrintStream progress) {
        this.effort = effort;
        this.progress = progress;
    }

    /// @param folder for files that can be thrown away
    Outcome run(Path folder) throws IOException {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), String.join("", IntStream.range(0, BULK_FLAGS)
                .mapToObj("flag-%d: {variations: {a: A, b: B}, defaultRule: {variation: a}}%n"::formatted)
                .toList()));
        try (ServerProcess relay = RelayServer.start(effort.core, HEAP, folder, flags, "")) {
            return run(relay);
        }
    }

    /// A server to which slow peers do harm: what has to be found broken.
    Outcome runTwin() throws IOException {
        try (ServerProcess server = ServerProcess.start(effort.core, HEAP, GreedyServer.class)) {
            return run(server);
        }
    }

    private Outcome run(ServerProcess server) throws IOException {
        List<Flood.Outcome> without = new ArrayList<>(), elsewhere = new ArrayList<>(), beside = new ArrayList<>();
        long heapBefore = 0, heapWith = 0, came = 0;
        try (ServerProcess neighbour = ServerProcess.start(effort.core, Neighbour.class);
                Flood normal = Flood.start(new Flood.Effort(server.port(), List.of(ONE_FLAG, ALL_FLAGS), CONNECTIONS, 0,
                        Duration.ofSeconds(1).toNanos(), CALLS_AT_ONCE, 0))) {
            warmUp(normal, server);
            for (int round = 0; round <= effort.rounds; round++) {
                if (round == 1) heapBefore = server.heap();
                List<Flood.Outcome> alone = windows(normal), apart, together;
                try (Peers peers = new Peers(neighbour.port(), effort.peers, effort.coming)) {
                    peers.awaitAll();
                    apart = windows(normal);
                }
                try (Peers peers = new Peers(server.port(), effort.peers, effort.coming)) {
                    peers.awaitAll();
                    together = windows(normal);
                    came = peers.came();
                    if (round > 0) heapWith = Math.max(heapWith, server.heap());
                }
                progress.printf(Locale.ROOT,
                        "round %d of %d: %.3f ms without slow peers, %.3f beside a neighbour's, %.3f with them%n",
                        round, effort.rounds, most(alone), most(apart), most(together));
                Flood.Outcome _ = normal.during(effort.seconds);
                if (round == 0) continue;
                without.addAll(alone);
                elsewhere.addAll(apart);
                beside.addAll(together);
            }
        }
        return new Outcome(effort, without, elsewhere, beside, heapBefore, heapWith, came);
    }

    /// Until the server has compiled what it does all the time, for requests and for connections. Slow peers come so seldom that
    /// it would compile for minutes; so more of them come.
    private void warmUp(Flood normal, ServerProcess server) throws IOException {
        normal.pace(Double.POSITIVE_INFINITY);
        Flood.Outcome _ = normal.during(effort.seconds * effort.windows / 2);
        normal.pace(PER_SECOND);
        try (Peers crowd = new Peers(server.port(), CROWD * effort.peers, effort.coming)) {
            crowd.awaitAll();
            for (int i = 0; i < effort.warmUps; i++) if (compiles(normal, server) < SETTLED) break;
        }
        Flood.Outcome _ = normal.during(effort.seconds);
    }

    /// The share of the time in which it compiles.
    private double compiles(Flood normal, ServerProcess server) throws IOException {
        Duration before = server.compiling();
        double seconds = normal.during(effort.seconds * effort.windows).seconds();
        double share = server.compiling().minus(before).toNanos() / (seconds * Duration.ofSeconds(1).toNanos());
        progress.printf(Locale.ROOT, "warms up: it compiles for %.1f ms of a second%n", 1_000 * share);
        return share;
    }

    private List<Flood.Outcome> windows(Flood normal) {
        return IntStream.range(0, effort.windows).mapToObj(_ -> normal.during(effort.seconds)).toList();
    }

    /// Milliseconds within which 99 % were answered, in the median of the windows.
    private static double most(List<Flood.Outcome> windows) {
        return within(windows, Flood.Outcome::most, 0.5);
    }

    private static double mostAtWorst(List<Flood.Outcome> windows) {
        return within(windows, Flood.Outcome::most, 0.9);
    }

    private static double half(List<Flood.Outcome> windows) {
        return within(windows, Flood.Outcome::half, 0.5);
    }

    /// Milliseconds within which such a share of the answers was there, in all of the time: pauses of the server and of the machine
    /// that most windows do not meet are in it.
    private static double together(List<Flood.Outcome> windows, double share) {
        return Times.together(windows.stream().map(Flood.Outcome::times).toList()).within(share);
    }

    private static double within(List<Flood.Outcome> windows, ToDoubleFunction<Flood.Outcome> millis, double share) {
        double[] sorted = windows.stream().mapToDouble(millis).sorted().toArray();
        return sorted[(int) (sorted.length * share)];
    }
}
