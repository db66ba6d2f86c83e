package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The problems of one reading; knows which flag is being read. Not thread-safe.
final class Findings {
    private static final int LONGEST_QUOTE = 40;

    private final List<Problem> problems = new ArrayList<>();
    private String flagKey = "";
    private boolean failed;

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

    void addAll(List<Problem> others) {
        for (Problem problem : others) add(problem);
    }

    void add(Problem problem) {
        problems.add(problem);
        failed |= problem.isError();
    }

    /// Whether there is an error among the problems.
    boolean failed() {
        return failed;
    }

    /// All problems, in file order.
    List<Problem> all() {
        problems.sort(Comparator.<Problem>comparingInt(problem -> problem.location().line())
                .thenComparingInt(problem -> problem.location().column()));
        return problems;
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
