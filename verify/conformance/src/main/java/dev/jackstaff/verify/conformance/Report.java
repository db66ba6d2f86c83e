package dev.jackstaff.verify.conformance;

import dev.jackstaff.engine.flag.Compatibility.Defect;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts verdicts and prints those that are failures, up to a number. Not thread-safe.
final class Report {
    private final PrintWriter out;
    private final int shown;
    private final Map<Defect, Integer> corrected = new EnumMap<>(Defect.class);
    private int correctedCases;
    private int passed;
    private int failed;
    private int inDetailsOnly;

    /// @param shown how many failures are printed; the rest is counted
    Report(PrintWriter out, int shown) {
        this.out = out;
        this.shown = shown;
        for (Defect defect : Defect.values()) corrected.put(defect, 0);
    }

    void add(Case one, Verdict verdict) {
        switch (verdict) {
            case Verdict.Same same -> passed++;
            case Verdict.Corrected(Set<Defect> defects) -> {
                passed++;
                correctedCases++;
                for (Defect defect : defects) corrected.merge(defect, 1, Integer::sum);
            }
            case Verdict.Different different -> {
                if (different.inDetailsOnly()) inDetailsOnly++;
                failure(
                        one,
                        "differs in " + String.join(", ", different.fields()),
                        Json.text(one.expected()),
                        Json.text(different.got()));
            }
            case Verdict.ExplainedOtherwise(List<String> fields, var evaluated) -> failure(
                    one,
                    "evaluating and explaining differ in " + String.join(", ", fields),
                    Json.text(one.expected()),
                    Json.text(evaluated));
            case Verdict.Refused(String problems) -> failure(
                    one, "the flag cannot be read", Json.text(one.expected()), problems);
        }
    }

    /// The last line is `N passed, N failed`.
    ///
    /// @param correctedCount whether defects are corrected, and so have a count
    void finish(boolean correctedCount) {
        if (failed > shown) out.println("... and " + (failed - shown) + " more\n");
        if (correctedCount) {
            out.println(correctedCases + " answers differ from the recorded ones because a defect is corrected"
                    + " (docs/reference/conformance.md):");
            corrected.forEach((defect, count) -> out.println("  " + defect.number() + ": " + count));
        }
        if (inDetailsOnly > 0)
            out.println(inDetailsOnly + " of the failed differ in " + Answer.ERROR_DETAILS + " only");
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
    }

    /// How many cases differ because of a defect.
    int corrected(Defect defect) {
        return corrected.getOrDefault(defect, 0);
    }

    int passed() {
        return passed;
    }

    int failed() {
        return failed;
    }

    private void failure(Case one, String what, String expected, String got) {
        if (failed++ >= shown) return;
        out.println(one.id() + " (" + one.category() + ") " + what);
        out.println("  input     " + one.input());
        out.println("  expected  " + expected);
        out.println("  got       " + got);
        out.println();
    }
}
