package dev.jackstaff.verify.stress;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// T16: a relay that is asked ten times as much as it can answer, by callers who ask again at once when they are refused. It
/// has to answer nearly as much as when it is asked just enough, and in time, to tell anybody who asks how it is, to hold no more
/// memory, and to be as before within a second after that.
///
/// Questions are such that answering one takes much longer than refusing it. Where that is not so, ten times as much cannot be
/// told apart from ten times the work.
final class Overload {
    private static final double LEAST_GOODPUT = 0.9;

    /// Retries are part of it.
    private static final double TIMES = 10;

    /// On one core, what is done a few hundred times a second is compiled for the last time after ten seconds of it.
    private static final int WARM_UP = 2;

    /// How long a load is there before it is looked at; and after which all is as before when there is less of it.
    private static final double SETTLED = 1;

    private static final double AFTERWARDS = 2;
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final int RETRIES = 1;
    private static final long PAUSE = 1_000_000;
    private static final int AT_EASE = 16, MANY = 1_000;
    private static final long HEAP_KIB = 16 * 1024;
    private static final Duration HEALTH = Duration.ofSeconds(1);
    private static final String KEY = "X-API-Key: operator";
    private static final int FLAGS = 40, COMPARISONS = 50;

    /// Comparing it takes about a microsecond, and a rule hardly any memory. A hundred thousand small comparisons are 22 MB: then it
    /// is the memory, which this machine shares with others, whose time is measured.
    private static final String PLAN = "a".repeat(480);
    private static final Collector<CharSequence, ?, String> OR = Collectors.joining(" or ");

    /// @param seconds that each load is looked at
    /// @param rounds  in which they take turns, so that all of them see the same machine
    /// @param kinds   that are asked
    /// @param more    lines of configuration
    record Effort(Optional<Integer> core, double seconds, int rounds, List<Kind> kinds, String more) {
        Effort {
            kinds = List.copyOf(kinds);
        }

        Effort with(int rounds) {
            return new Effort(core, seconds, rounds, kinds, more);
        }
    }

    /// What came of one round.
    ///
    /// @param peak       what was answered when as much was asked as it takes
    /// @param overload   while ten times as much was asked
    /// @param afterwards while half as much was asked, from one second after that
    record Round(Flood.Outcome peak, Flood.Outcome overload, Flood.Outcome afterwards) {

        /// What is answered in time of the overload, compared with the peak.
        double goodput() {
            return overload.goodPerSecond() / peak.goodPerSecond();
        }

        boolean isInTime(Duration patience) {
            return overload.most() <= patience.toMillis();
        }

        /// Whether nobody is refused who asks now, and nearly all of these have their answers soon. Who asked before, and still
        /// waits, is left of the overload.
        boolean isAsBefore() {
            Flood.Fresh fresh = afterwards.fresh();
            return fresh.refusals() + fresh.givenUp() == 0 && fresh.most() <= SOON.toMillis();
        }

        List<String> findings() {
            return Stream.of(peak, overload, afterwards).flatMap(each -> each.findings().stream()).toList();
        }

        @Override
        public String toString() {
            return "  as much as it takes: " + peak + "\n  ten times as much:   " + overload
                    + "\n  half as much after:  " + afterwards;
        }
    }

    /// What came of one kind of question.
    ///
    /// @param patience     of the callers: the time limit of the route
    /// @param slowestProbe milliseconds
    /// @param failedProbes that were not answered 200
    /// @param heapBefore   KiB, with all connections and before the overload
    /// @param heapAfter    KiB, after it, with all connections and when nothing is asked any more: what is held for a request that
    ///                     is being answered, or for an exporter, has its own bound and goes with it; what stays has none
    record Outcome(
            String what, Duration patience, List<Round> rounds, double slowestProbe, int failedProbes, long heapBefore,
            long heapAfter) {
        static final String NOT_AS_BEFORE = "not as before within a second";

        Outcome {
            rounds = List.copyOf(rounds);
        }

        List<String> broken() {
            List<String> broken = new ArrayList<>();
            if (goodput() < LEAST_GOODPUT) broken.add("too few answers");
            if (!rounds.stream().allMatch(round -> round.isInTime(patience))) broken.add("1 % of the answers are late");
            if (!rounds.stream().allMatch(Round::isAsBefore)) broken.add(NOT_AS_BEFORE);
            if (failedProbes > 0 || slowestProbe > HEALTH.toMillis()) broken.add("probes");
            if (heapAfter - heapBefore > HEAP_KIB) broken.add("heap");
            rounds.forEach(round -> broken.addAll(round.findings()));
            return broken;
        }

        /// What is answered in time of the overload, compared with the peak of the same round, in the median of the rounds: the
        /// machine is another one from minute to minute.
        double goodput() {
            return median(Round::goodput);
        }

        private double median(ToDoubleFunction<Round> what) {
            double[] sorted = rounds.stream().mapToDouble(what).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, """
                    %s %s: %.0f of %.0f answers/s, %.0f %%
                    %s
                      probes: slowest %.1f ms, %d failed; heap %,d KiB before, %,d KiB after""",
                    broken().isEmpty() ? "kept  " : "BROKEN", what + (broken().isEmpty() ? "" : " " + broken()),
                    median(round -> round.overload.goodPerSecond()), median(round -> round.peak.goodPerSecond()),
                    100 * goodput(),
                    rounds.stream().map(Round::toString).collect(Collectors.joining("\n")), slowestProbe, failedProbes,
                    heapBefore, heapAfter);
        }
    }

    private final Effort effort;
    private final PrintStream progress;

    Overload(Effort effort, PrintStream progress) {
        this.effort = effort;
        this.progress = progress;
    }

    /// @param folder for files that can be thrown away
    List<Outcome> run(Path folder) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Kind kind : effort.kinds) outcomes.add(run(kind, folder));
        return outcomes;
    }

    private Outcome run(Kind kind, Path folder) throws IOException {
        return switch (kind) {
            case EVALUATE, BULK -> runEvaluations(kind, folder);
            case COLLECT, COLLECT_LARGE -> runCollector(kind, folder);
            case REFRESH -> runRefresh(folder);
        };
    }

    private Outcome runEvaluations(Kind kind, Path folder) throws IOException {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), heavyFlags());
        try (ServerProcess relay = RelayServer.start(effort.core, folder, flags, effort.more)) {
            return run(kind, relay);
        }
    }

    private Outcome runCollector(Kind kind, Path folder) throws IOException {
        Path light = Files.writeString(folder.resolve("light.yaml"),
                "beta: {variations: {\"on\": true}, defaultRule: {variation: \"on\"}}\n");
        Path events = folder.resolve("events");
        try (Carrier _ = new Carrier(events);
                ServerProcess relay = RelayServer.start(effort.core, folder, light, effort.more
                        + "exporter: {kind: file, format: json, outputDir: '" + events + "'}\n")) {
            return run(kind, relay);
        }
    }

    private Outcome runRefresh(Path folder) throws IOException {
        try (SlowSource source = new SlowSource();
                ServerProcess relay = ServerProcess.start(effort.core, RelayServer.class, Files.writeString(
                        folder.resolve("refresh.yaml"), """
                                retriever: {kind: http, url: 'http://127.0.0.1:%d/flags.yaml'}
                                server: {host: 127.0.0.1, port: 0}
                                pollingInterval: -1
                                hideBanner: true
                                authorizedKeys: {admin: [operator]}
                                """.formatted(source.port()) + effort.more).toString())) {
            return run(Kind.REFRESH, relay);
        }
    }

    /// The same without a limit on how long requests may wait: what has to be found broken.
    Outcome runTwin(Path folder) throws IOException {
        Path flags = Files.writeString(folder.resolve("twin.yaml"), heavyFlags());
        try (ServerProcess relay =
                RelayServer.start(effort.core, folder, flags, effort.more + "limits: {queueTime: 0}\n")) {
            return run(Kind.EVALUATE, relay);
        }
    }

    /// A collector that reads all it is sent and lets it wait in its order, for as long as that takes: has to be found broken.
    Outcome runCollectorTwin() throws IOException {
        try (ServerProcess server = ServerProcess.start(effort.core, List.of("-Xmx1g"), GreedyCollector.class)) {
            return run(Kind.COLLECT_LARGE, server);
        }
    }

    /// What is asked. The last one waits for something and runs on workers; an event loop answers the others by itself.
    enum Kind {
        EVALUATE("one flag", "/ofrep/v1/evaluate/flags/heavy-0", Duration.ofSeconds(1)),
        BULK("all flags", "/ofrep/v1/evaluate/flags", Duration.ofSeconds(2)),
        COLLECT("collected events", "/v1/data/collector", Duration.ofSeconds(5)),
        COLLECT_LARGE("many collected events", "/v1/data/collector", Duration.ofSeconds(5)),
        REFRESH("a refresh by hand", "/admin/v1/retriever/refresh", Duration.ofSeconds(30));

        private final String what, path;
        private final Duration limit;

        Kind(String what, String path, Duration limit) {
            this.what = what;
            this.path = path;
            this.limit = limit;
        }

        /// A plan that all rules look into, and that none finds.
        Question question() {
            return switch (this) {
                case EVALUATE, BULK -> Question.post(
                        path, "{\"context\":{\"targetingKey\":\"user-1\",\"plan\":\"" + PLAN + "\",\"age\":42}}");
                case COLLECT -> Question.post(path, Shutdown.batch("user", 250));
                case COLLECT_LARGE -> Question.post(path, Shutdown.batch("user", 2_500));
                case REFRESH -> Question.post(path, "", KEY);
            };
        }
    }

    private Outcome run(Kind kind, ServerProcess relay) throws IOException {
        int port = relay.port();
        try (Flood few = Flood.start(effort(kind, port, AT_EASE)); Flood many = Flood.start(effort(kind, port, MANY));
                Probes probes = new Probes(port)) {
            Flood.Outcome first = atEase(few, WARM_UP * effort.seconds);
            progress.printf("%s, as much as it takes, the beginning: %s%n", kind.what, first);
            long heapBefore = relay.heap();
            // Whatever it takes to answer, it has to be able to refuse fast: it learns that in the beginning, beside all else.
            Flood.Outcome beginning = overloaded(many, first, WARM_UP * effort.seconds);
            progress.printf("%s, ten times as much, the beginning: %s%n", kind.what, beginning);
            many.rest();
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < effort.rounds; i++) {
                Flood.Outcome peak = atEase(few, effort.seconds);
                Flood.Outcome overload = overloaded(many, peak, effort.seconds);
                many.pace(0.5 * peak.goodPerSecond());
                Flood.Outcome _ = many.during(SETTLED);
                rounds.add(new Round(peak, overload, many.during(AFTERWARDS)));
                many.rest();
                progress.printf("%s%n%s%n", kind.what, rounds.getLast());
            }
            probes.stop();
            return new Outcome(kind.what, kind.limit, rounds, probes.slowest, probes.failed.get(), heapBefore,
                    relay.heap());
        }
    }

    private static Flood.Outcome atEase(Flood few, double seconds) {
        few.pace(Double.POSITIVE_INFINITY);
        Flood.Outcome _ = few.during(SETTLED);
        Flood.Outcome peak = few.during(seconds);
        few.rest();
        return peak;
    }

    private static Flood.Outcome overloaded(Flood many, Flood.Outcome peak, double seconds) {
        many.pace(TIMES / (1 + RETRIES) * peak.goodPerSecond());
        Flood.Outcome _ = many.during(SETTLED);
        return many.during(seconds);
    }

    private static Flood.Effort effort(Kind kind, int port, int connections) {
        return new Flood.Effort(port, List.of(kind.question()), connections, RETRIES, kind.limit.toNanos(),
                Integer.MAX_VALUE, PAUSE);
    }

    /// Some milliseconds each when all are asked for, on one core; `heavy-0` as much as all others together.
    static String heavyFlags() {
        StringBuilder flags = new StringBuilder();
        for (int flag = 0; flag <= FLAGS; flag++) {
            flags.append("heavy-").append(flag).append(":\n  variations: {a: A, b: B}\n  targeting:\n");
            int rules = flag == 0 ? FLAGS : 1;
            for (int rule = 0; rule < rules; rule++) {
                String plan = "plan co \"aaaaaaaa" + rule;
                flags.append("    - {variation: b, query: ")
                        .append(IntStream.range(0, COMPARISONS)
                                .mapToObj(i -> plan + "-" + i + "aaaaaaaa\"")
                                .collect(OR))
                        .append("}\n");
            }
            flags.append("  defaultRule: {variation: a}\n");
        }
        return flags.toString();
    }

    /// Asks how the relay is, on a connection of its own, some 20 times a second.
    private static final class Probes implements AutoCloseable {
        private static final Question PROBE = Question.get("/health");
        private static final long PAUSE = 50_000_000;

        private final Thread thread;
        private volatile boolean stopped; // writer: close
        private volatile double slowest; // writer: the thread
        private final AtomicInteger failed = new AtomicInteger();

        Probes(int port) {
            thread = Thread.ofPlatform().start(() -> {
                while (!stopped) {
                    long begun = System.nanoTime();
                    if (!isWell(port)) failed.incrementAndGet();
                    slowest = Math.max(slowest, (System.nanoTime() - begun) / 1e6);
                    LockSupport.parkNanos(this, PAUSE);
                }
            });
        }

        private static boolean isWell(int port) {
            try {
                return new String(PROBE.answerOf(port), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200 ");
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            stop();
        }

        void stop() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Takes files of events away when they are two seconds old, as whoever wants the events would. Gigabytes of them would make the
    /// system slower with writing, round after round.
    private static final class Carrier implements AutoCloseable {
        private static final long PAUSE = 500_000_000;
        private static final Duration OLD = Duration.ofSeconds(2);

        private final Path folder;
        private final Thread thread;
        private volatile boolean stopped; // writer: close

        Carrier(Path folder) {
            this.folder = folder;
            thread = Thread.ofPlatform().daemon().start(() -> {
                while (!stopped) {
                    takeAway(Instant.now().minus(OLD));
                    LockSupport.parkNanos(this, PAUSE);
                }
            });
        }

        private void takeAway(Instant before) {
            if (!Files.isDirectory(folder)) return;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList())
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// When nobody writes any more.
        @Override
        public void close() {
            stopped = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            takeAway(Instant.MAX);
        }
    }

    /// Where flags come from that take their time.
    private static final class SlowSource implements AutoCloseable {
        private static final long PAUSE = 40_000_000;

        private final HttpServer server;

        SlowSource() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            byte[] flags = "f: {variations: {a: A}, defaultRule: {variation: a}}\n".getBytes(StandardCharsets.US_ASCII);
            server.createContext("/", exchange -> {
                LockSupport.parkNanos(this, PAUSE);
                exchange.sendResponseHeaders(200, flags.length);
                exchange.getResponseBody().write(flags);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
