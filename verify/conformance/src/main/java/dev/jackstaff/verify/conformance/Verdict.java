package dev.jackstaff.verify.conformance;

import dev.jackstaff.engine.flag.Compatibility.Defect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What became of one case.
sealed interface Verdict {

    /// The recorded answer.
    record Same() implements Verdict {}

    /// Another answer, and these defects are why: keeping them, and no fewer, gives the recorded one, and loading the flag
    /// warns about each of them.
    record Corrected(Set<Defect> defects) implements Verdict {}

    /// Another answer, and nothing explains it.
    ///
    /// @param fields the fields that differ
    record Different(List<String> fields, Map<String, @Nullable Object> got) implements Verdict {
        boolean inDetailsOnly() {
            return fields.equals(List.of(Answer.ERROR_DETAILS));
        }
    }

    /// Evaluating and explaining disagree.
    record ExplainedOtherwise(List<String> fields, Map<String, @Nullable Object> evaluated) implements Verdict {}

    /// The flag could not be read at all.
    record Refused(String problems) implements Verdict {}
}
