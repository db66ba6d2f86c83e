package dev.jackstaff.verify.conformance;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers with the fields that the recorded ones have.
final class Answer {
    /// Free text, counted apart.
    static final String ERROR_DETAILS = "errorDetails";

    private Answer() {}

    /// @param defaultValue what the caller gave as default
    static Map<String, @Nullable Object> of(Evaluation evaluation, @Nullable Object defaultValue) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        ErrorCode error = evaluation.errorCode();
        answer.put("value", evaluation.anyOr(defaultValue));
        answer.put("variationType", evaluation.variation());
        answer.put("reason", evaluation.reason().name());
        answer.put("errorCode", error == null ? "" : error.name());
        if (!evaluation.errorDetails().isEmpty()) answer.put(ERROR_DETAILS, evaluation.errorDetails());
        answer.put("failed", evaluation.failed());
        answer.put("cacheable", evaluation.cacheable());
        answer.put("trackEvents", evaluation.trackEvents());
        answer.put("version", evaluation.version());
        if (!evaluation.metadata().isEmpty()) answer.put("metadata", evaluation.metadata());
        return answer;
    }

    /// The names of the fields that differ; a field that one of them lacks differs.
    static List<String> differences(Map<String, @Nullable Object> a, Map<String, @Nullable Object> b) {
        Set<String> names = new LinkedHashSet<>(a.keySet());
        names.addAll(b.keySet());
        List<String> different = new ArrayList<>();
        for (String name : names)
            if (a.containsKey(name) != b.containsKey(name) || !Json.same(a.get(name), b.get(name))) different.add(name);
        return different;
    }
}
