package dev.jackstaff.verify.stress;

import dev.jackstaff.verify.stress.Shutdown.End;
import dev.jackstaff.verify.stress.Shutdown.Mode;
import dev.jackstaff.verify.stress.Shutdown.Outcome;
import dev.jackstaff.verify.stress.Shutdown.Plan;
import dev.jackstaff.verify.stress.Shutdown.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The long form of T18: many relays, two at a time, told to stop at random moments: while they start, under load, and again
/// while they stop.
final class ShutdownRun {
    private static final List<Mode> MODES = List.of(Mode.values());
    private static final int AT_ONCE = 2;
    private static final int OF_TEN_EARLY = 2, OF_TEN_TWICE = 1;
    private static final int MOST_ANSWERS = 200;
    private static final Duration LONGEST = Duration.ofMillis(200);
    private static final double LONGEST_START = 1.5; // times what a start took

    private record Stop(Plan plan, Outcome outcome) {}

    private final Site site;
    private final Duration start;
    private final Queue<Stop> stops = new ConcurrentLinkedQueue<>();

    private ShutdownRun(Site site, Duration start) {
        this.site = site;
        this.start = start;
    }

    /// @param first seed of the first one
    /// @param image made by `container/image`; null for the classes of this build
    /// @return 1 when something was found that must not be, or what was planted was not
    static int run(int first, int rounds, @Nullable Path image, PrintStream out) throws IOException {
        Path folder = Files.createTempDirectory("shutdown-");
        Site site = Site.in(folder, image);
        delete(folder);
        Outcome killed = round(new Plan(Mode.PORT, End.KILLED, MOST_ANSWERS, Duration.ZERO, 0), site);
        if (killed.findings().isEmpty()) {
            out.println("a relay that was killed, with all its events, was not found");
            return 1;
        }
        ShutdownRun run = new ShutdownRun(site, killed.start());
        run.all(first, rounds);
        List<Stop> found = run.stops.stream().filter(it -> !it.outcome.findings().isEmpty()).toList();
        found.forEach(out::println);
        if (!found.isEmpty()) return 1;
        out.println(run.summary());
        return 0;
    }

    /// Until something is found.
    private void all(int first, int rounds) throws IOException {
        AtomicInteger next = new AtomicInteger(first);
        Callable<Boolean> one = () -> {
            for (int seed; (seed = next.getAndIncrement()) < first + rounds;) {
                Plan plan = plan(seed);
                Outcome outcome = round(plan, site);
                stops.add(new Stop(plan, outcome));
                if (!outcome.findings().isEmpty()) next.set(first + rounds);
            }
            return true;
        };
        try (ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) running.add(runners.submit(one));
            for (Future<Boolean> it : running) {
                var _ = it.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Plan plan(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int kind = random.nextInt(10);
        End end = kind < OF_TEN_EARLY ? End.EARLY : kind < OF_TEN_EARLY + OF_TEN_TWICE ? End.TWICE : End.ONCE;
        double longest = end == End.EARLY ? LONGEST_START * start.toNanos() : LONGEST.toNanos();
        return new Plan(
                MODES.get(Math.floorMod(seed, MODES.size())), end, end == End.EARLY ? 0 : random.nextInt(MOST_ANSWERS),
                Duration.ofNanos((long) (longest * random.nextDouble())), seed);
    }

    private String summary() {
        return String.format(Locale.ROOT,
                "%,d stops, %,d of them while it started and %,d told twice: %,d requests answered (%,d of a relay that had just"
                        + " started), %,d refused, %,d not taken; stopped in order each time, and every event exported once",
                stops.size(), count(End.EARLY), count(End.TWICE), sum(_ -> true, Outcome::answered),
                sum(it -> it.end() == End.EARLY, Outcome::answered), sum(_ -> true, Outcome::refused),
                sum(_ -> true, Outcome::lost));
    }

    private long count(End end) {
        return stops.stream().filter(it -> it.plan.end() == end).count();
    }

    private long sum(Predicate<Plan> of, ToLongFunction<Outcome> what) {
        return stops.stream().filter(it -> of.test(it.plan)).map(Stop::outcome).mapToLong(what).sum();
    }

    private static Outcome round(Plan plan, Site site) throws IOException {
        Path folder = Files.createTempDirectory("shutdown-");
        try {
            return Shutdown.run(folder, plan, site);
        } catch (IOException | GeneralSecurityException | IllegalStateException e) {
            throw new IOException(plan.toString(), e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) Files.delete(file);
    }
}
