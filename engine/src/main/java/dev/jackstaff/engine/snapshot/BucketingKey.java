package dev.jackstaff.engine.snapshot;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the key comes from that a user is bucketed by (`internal_flag.go`, `GetBucketingKeyValue`): the targeting key,
/// or the attribute the flag names. Immutable.
final class BucketingKey {
    private static final Object MISSING = new Object();

    /// For flags that bucket nobody: the targeting key, whatever it is.
    private static final BucketingKey ANY = new BucketingKey();

    /// Null for the targeting key.
    private final String @Nullable [] path;
    private final boolean enriched;
    /// What `path` leads to for every user, where it begins in the enrichment.
    private final @Nullable Object enrichedValue;

    private final boolean emptyAllowed;
    private final @Nullable Evaluation empty;
    private final @Nullable Evaluation notFound;
    private final @Nullable Evaluation noString;

    /// @param path     as the flag has it; null or empty for the targeting key
    /// @param required whether a rule of the flag needs a bucket. With `bucketingKey: ""` an empty key is found out only
    ///                 by the rule that needs it
    static BucketingKey of(
            @Nullable String path, boolean required, Map<String, @Nullable Object> enrichment, Outcomes outcomes) {
        return path == null && !required ? ANY : new BucketingKey(path, required, enrichment, outcomes);
    }

    private BucketingKey(@Nullable String path, boolean required, Map<String, @Nullable Object> enrichment,
            Outcomes outcomes) {
        emptyAllowed = !required || "".equals(path);
        if (path == null || path.isEmpty()) {
            this.path = null;
            enriched = false;
            enrichedValue = null;
            empty = emptyAllowed ? null : outcomes.keyMissing("Error: Empty targeting key");
            notFound = null;
            noString = null;
        } else {
            this.path = path.split("\\.", -1);
            enriched = enrichment.containsKey(this.path[0]);
            enrichedValue = enriched ? follow(this.path, enrichment) : null;
            empty = emptyAllowed ? null : outcomes.keyMissing("Error: Empty bucketing key");
            notFound =
                    outcomes.keyMissing("impossible to find bucketingKey in context: nested key not found: " + path);
            noString = outcomes.keyMissing("invalid bucketing key");
        }
    }

    private BucketingKey() {
        path = null;
        enriched = false;
        enrichedValue = null;
        emptyAllowed = true;
        empty = null;
        notFound = null;
        noString = null;
    }

    /// The user's key, possibly empty, or null when there is none to go on with: [#failure] says why.
    ///
    /// Cost: a look-up a path segment, no allocation.
    @Nullable
    String in(EvaluationContext context) {
        if (path == null) return usable(context.targetingKey());
        return value(path, context) instanceof String key ? usable(key) : null;
    }

    /// The answer where [#in] gives null.
    Evaluation failure(EvaluationContext context) {
        if (path == null) return requireNonNull(empty);
        Object value = value(path, context);
        if (value == MISSING) return requireNonNull(notFound);
        return requireNonNull(value instanceof String ? empty : noString);
    }

    private @Nullable String usable(String key) {
        return emptyAllowed || !key.isEmpty() ? key : null;
    }

    private @Nullable Object value(String[] path, EvaluationContext context) {
        return enriched ? enrichedValue : follow(path, context.attributes());
    }

    private static @Nullable Object follow(String[] path, Map<String, @Nullable Object> attributes) {
        Object at = attributes;
        for (String name : path) {
            if (!(at instanceof Map<?, ?> map)) return MISSING;
            at = map.get(name);
            if (at == null && !map.containsKey(name)) return MISSING;
        }
        return at;
    }
}
