package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.query.Predicate;
import dev.jackstaff.engine.query.Queries;
import dev.jackstaff.engine.query.Queries.Compiled;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles each query text once for all flags of a file: audiences repeat. Used by one thread while a snapshot is
/// compiled.
final class QueryCache {
    private final Queries.Setting setting;
    private final Map<String, Compiled> compiled = new HashMap<>();

    QueryCache(Queries.Setting setting) {
        this.setting = setting;
    }

    Compiled compile(String text) {
        return compiled.computeIfAbsent(text, query -> Queries.compile(query, setting));
    }

    /// What decides for a rule with this query. One without text matches everybody; validation refuses it, so that is
    /// seen only where validation is off or in scheduled steps.
    Predicate predicate(@Nullable String text) {
        return text == null || isBlank(text) ? Unconditional.ALWAYS : compile(text).predicate();
    }

    private static boolean isBlank(String text) {
        return text.chars().allMatch(c -> c == ' ' || c == '\n');
    }
}
