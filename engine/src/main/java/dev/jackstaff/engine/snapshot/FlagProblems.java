package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.query.Queries.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The problems of one flag, as they are found. Errors stand before warnings, so that the first problem of an invalid
/// flag is the one GO Feature Flag stops at.
final class FlagProblems {
    private final FlagDefinition flag;
    private final boolean strict;
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /// @param strict whether warnings count as errors
    FlagProblems(FlagDefinition flag, boolean strict) {
        this.flag = flag;
        this.strict = strict;
    }

    /// @param path from the flag
    void error(String path, String message, @Nullable String hint) {
        errors.add(problem(Severity.ERROR, path, flag.locations().of(path), message, hint));
    }

    /// @param path of the query that `finding` is about; the problem is at the character it names
    void error(String path, Finding finding) {
        errors.add(problem(Severity.ERROR, path, finding));
    }

    /// @param path from the flag
    void warning(String path, String message, @Nullable String hint) {
        warnings.add(problem(severityOfWarnings(), path, flag.locations().of(path), message, hint));
    }

    /// @param path of the query that `finding` is about; the problem is at the character it names
    void warning(String path, Finding finding) {
        warnings.add(problem(severityOfWarnings(), path, finding));
    }

    boolean invalid() {
        return !errors.isEmpty() || (strict && !warnings.isEmpty());
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>(errors);
        all.addAll(warnings);
        return List.copyOf(all);
    }

    private Severity severityOfWarnings() {
        return strict ? Severity.ERROR : Severity.WARNING;
    }

    private Problem problem(Severity severity, String path, Finding finding) {
        Location location = flag.locations().of(path, finding.offset());
        return problem(severity, path, location, finding.message(), finding.hint());
    }

    private Problem problem(
            Severity severity, String path, Location location, String message, @Nullable String hint) {
        String fromRoot = path.isEmpty() ? flag.key() : flag.key() + "." + path;
        return new Problem(severity, flag.key(), fromRoot, location, message, hint);
    }
}
