package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The runs that were worth keeping: a line each in a file that only grows, and the page that is made from it.
final class Ledger {
    private static final String TAB = "\t";
    private static final Path LINES = Path.of("verify", "stress", "ledger.tsv");
    private static final Path PAGE = Path.of("docs", "reference", "ledger.md");
    private static final String HEAD = """
            # Ledger

            How many exchanges the request model has been tried with, and what came of them. Made from `verify/stress/ledger.tsv`,
            to which `verify/stress/run exchanges --ledger` and `verify/stress/run own-answer --ledger` add a line for each ten
            million and each million; do not edit it. [What they show](request-model.md).

            """;

    private final Path root;

    /// @param root of the checkout
    Ledger(Path root) {
        this.root = root;
    }

    /// One run.
    ///
    /// @param commit  of what was run; ends with `-dirty` when anything but the ledger was changed
    /// @param machine cores and Java
    /// @param what    the kind of run; those of one kind are added up
    /// @param shares  how often each verdict or status came
    /// @param outcome `clean`, or the first of what was found
    record Line(Instant date, String commit, String machine, String what, long count, String shares, String outcome) {

        /// Of a run that ends now, here.
        static Line of(Path root, String what, long count, String shares, List<String> findings) throws IOException {
            return new Line(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS), commitOf(root),
                    Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version().feature(), what,
                    count, shares, findings.isEmpty() ? "clean" : findings.getFirst().replaceAll("\\s+", " "));
        }

        private static Line parse(String line) {
            String[] parts = line.split(TAB, -1);
            return new Line(Instant.parse(parts[0]), parts[1], parts[2], parts[3], Long.parseLong(parts[4]), parts[5],
                    parts[6]);
        }

        private String text() {
            return String.join(TAB, date.toString(), commit, machine, what, Long.toString(count), shares, outcome);
        }
    }

    /// Adds a line, and makes the page anew.
    void add(Line line) throws IOException {
        Files.writeString(root.resolve(LINES), line.text() + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        write();
    }

    /// Makes the page anew.
    void write() throws IOException {
        Files.writeString(root.resolve(PAGE), page());
    }

    String written() throws IOException {
        return Files.readString(root.resolve(PAGE));
    }

    String page() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve(LINES))) lines.add(Line.parse(line));
        Map<String, Long> totals = new LinkedHashMap<>();
        for (Line line : lines) totals.merge(line.what, line.count, Long::sum);
        StringBuilder page = new StringBuilder(HEAD)
                .append("| what | exchanges in all | runs that found something |\n|---|---:|---:|\n");
        totals.forEach((what, count) -> page.append(String.format(Locale.ROOT, "| %s | %,d | %d |%n", what, count,
                lines.stream().filter(line -> line.what.equals(what) && !line.outcome.equals("clean")).count())));
        page.append(
                "\n## Runs\n\n| when | commit | machine | what | exchanges | in percent | outcome |\n|---|---|---|---|---:|---|---|\n");
        for (Line line : lines)
            page.append(String.format(Locale.ROOT, "| %s | %s | %s | %s | %,d | %s | %s |%n", line.date, line.commit,
                    line.machine, line.what, line.count, line.shares, line.outcome));
        return page.toString();
    }

    private static String commitOf(Path root) throws IOException {
        String changed = git(root, "status", "--porcelain", "--", ".", ":!" + LINES, ":!" + PAGE);
        return git(root, "rev-parse", "--short=7", "HEAD") + (changed.isEmpty() ? "" : "-dirty");
    }

    private static String git(Path root, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
