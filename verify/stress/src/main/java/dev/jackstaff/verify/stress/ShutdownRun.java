package dev.jackstaff.verify.stress;

import dev.jackstaff.verify.stress.Shutdown.End;
import dev.jackstaff.verify.stress.Shutdown.Mode;
import dev.jackstaff.verify.stress.Shutdown.Outcome;
import dev.jackstaff.verify.stress.Shutdown.Plan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// The long form of T18: many relays, told to stop at random moments.
final class ShutdownRun {
    private static final List<Mode> MODES = List.of(Mode.values());
    private static final int ONE_IN = 10; // is told twice
    private static final int MOST_ANSWERS = 400;
    private static final Duration LONGEST = Duration.ofMillis(300);

    private ShutdownRun() {}

    /// @return 1 when something was found that must not be, or what was planted was not
    static int run(int rounds, PrintStream out) throws IOException {
        if (round(new Plan(Mode.PORT, End.KILLED, MOST_ANSWERS, Duration.ZERO, 0)).findings().isEmpty()) {
            out.println("a relay that was killed, with all its events, was not found");
            return 1;
        }
        long answered = 0, refused = 0, lost = 0, twice = 0;
        for (int seed = 0; seed < rounds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Plan plan = new Plan(
                    MODES.get(seed % MODES.size()), random.nextInt(ONE_IN) == 0 ? End.TWICE : End.ONCE,
                    random.nextInt(MOST_ANSWERS), Duration.ofNanos(random.nextLong(LONGEST.toNanos())), seed);
            Outcome outcome = round(plan);
            answered += outcome.answered();
            refused += outcome.refused();
            lost += outcome.lost();
            if (plan.end() == End.TWICE) twice++;
            if (!outcome.findings().isEmpty()) {
                out.println(plan + " " + outcome);
                return 1;
            }
        }
        out.println(rounds + " stops, " + twice + " of them told twice: " + answered + " requests answered, " + refused
                + " refused, " + lost + " not taken; exit code 0 each time, and every event exported once");
        return 0;
    }

    private static Outcome round(Plan plan) throws IOException {
        Path folder = Files.createTempDirectory("shutdown-");
        try {
            return Shutdown.run(folder, plan);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
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
