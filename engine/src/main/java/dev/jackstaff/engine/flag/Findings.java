package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The problems of one reading; knows which flag is being read. A file that is something else altogether would have
/// millions, so only the first thousand errors and the first thousand warnings are listed, and the rest is counted.
/// Not thread-safe.
final class Findings {
    private static final int LISTED = 1_000;
    private static final int LONGEST_QUOTE = 40;

    private static final Comparator<Problem> IN_FILE_ORDER = (a, b) -> {
        int lines = Integer.compare(a.location().line(), b.location().line());
        return lines != 0 ? lines : Integer.compare(a.location().column(), b.location().column());
    };

    private final String source;
    private final List<Problem> problems = new ArrayList<>();
    private String flagKey = "";
    private int errors;
    private int warnings;

    Findings(String source) {
        this.source = source;
    }

    /// From now on problems belong to this flag, and paths begin at it.
    void flag(String key) {
        flagKey = key;
    }

    void warn(String path, Location location, String message, @Nullable String hint) {
        add(Severity.WARNING, path, location, message, hint);
    }

    /// A value of a type its field does not take.
    void wrongType(String path, Node node, String expected, @Nullable String hint) {
        add(Severity.ERROR, path, node.location(), "expected " + expected + ", found " + found(node), hint);
    }

    /// Whether another warning would be listed, and is worth working out.
    boolean listsWarnings() {
        return warnings < LISTED;
    }

    void addAll(List<Problem> others) {
        for (Problem problem : others) add(problem);
    }

    private void add(Problem problem) {
        int before = problem.isError() ? errors++ : warnings++;
        if (before < LISTED) problems.add(problem);
    }

    /// The problem that ended the reading. Always listed.
    void end(Problem problem) {
        errors++;
        problems.add(problem);
    }

    /// Whether there is an error among the problems.
    boolean failed() {
        return errors > 0;
    }

    /// How many errors there are so far, unlisted ones included.
    int errors() {
        return errors;
    }

    /// All problems, in file order.
    List<Problem> all() {
        List<Problem> all = new ArrayList<>(problems);
        all.sort(IN_FILE_ORDER);
        int listed = (int) problems.stream().filter(Problem::isError).count();
        if (errors > listed) all.add(more(Severity.ERROR, errors - listed, "errors"));
        if (warnings > LISTED) all.add(more(Severity.WARNING, warnings - LISTED, "warnings"));
        return all;
    }

    private Problem more(Severity severity, int count, String of) {
        return new Problem(severity, null, "", Location.of(source), count + " more " + of, "is this a flag file?");
    }

    private void add(Severity severity, String path, Location location, String message, @Nullable String hint) {
        String fromRoot = path.isEmpty() ? flagKey : flagKey + "." + path;
        add(new Problem(severity, flagKey, fromRoot, location, message, hint));
    }

    private static String found(Node node) {
        if (!(node instanceof Node.Scalar scalar)) return node.kind();
        if (scalar.value() == null) return "null";
        String kind = scalar.kind().replaceFirst("an? ", "the ");
        return kind + " " + (scalar.value() instanceof String ? quote(scalar.source()) : shorten(scalar.source()));
    }

    static String quote(String text) {
        return '"' + shorten(text) + '"';
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
