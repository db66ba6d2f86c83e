package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.query.Queries.Compiled;
import dev.jackstaff.engine.query.Queries.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Short ways to ask a query about a user.
final class Evaluate {
    static final Setting CORRECTED = new Setting(Map.of(), Compatibility.CORRECTED);
    static final Setting EXACT = new Setting(Map.of(), Compatibility.EXACT);

    /// The base context R of the vectors.
    static final EvaluationContext R = EvaluationContext.of(
            "User-1",
            attributes(
                    "a", 1L, "b", 2L, "s", "Hello World", "n", 42L, "f", 1.5, "neg", -3L, "v", "1.2.3", "bo", true,
                    "o", Map.of("p", Map.of("q", "z"), "n", 5.0), "l", List.of("x", "y"), "nul", null, "e", ""));

    private Evaluate() {}

    static boolean matches(String query, EvaluationContext user) {
        return matches(query, user, CORRECTED);
    }

    /// The answer, checked to be the same for a counted run within the bound and for a traced one.
    static boolean matches(String query, EvaluationContext user, Setting setting) {
        Predicate predicate = Queries.compile(query, setting).predicate();
        boolean answer = predicate.matches(user, Run.UNMETERED);
        long bound = predicate.stepBound(user.size());
        Run counted = Run.metered(Math.min(bound, 1L << 40));
        if (predicate.matches(user, counted) != answer || counted.exhausted())
            throw new AssertionError("more than " + bound + " steps: " + query);
        if (predicate.matches(user, Run.traced(1L << 40)) != answer)
            throw new AssertionError("another answer when traced: " + query);
        return answer;
    }

    static Compiled compile(String query) {
        return Queries.compile(query, CORRECTED);
    }

    static @Nullable String error(String query) {
        Queries.Finding error = compile(query).error();
        return error == null ? null : error.message();
    }

    /// A user without a key.
    static EvaluationContext user(@Nullable Object... namesAndValues) {
        return EvaluationContext.of("", attributes(namesAndValues));
    }

    static Map<String, @Nullable Object> attributes(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> attributes = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            attributes.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        return attributes;
    }
}
