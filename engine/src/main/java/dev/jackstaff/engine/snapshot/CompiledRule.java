package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.query.Predicate;
import org.jspecify.annotations.Nullable;

/// A rule ready to be asked. The default rule has a predicate that is never asked.
///
/// @param needsKey whether it buckets users; asked without a key it ends the evaluation, whomever it would match
record CompiledRule(
        @Nullable String name,
        @Nullable String query,
        boolean disabled,
        boolean needsKey,
        Predicate predicate,
        Assignment assignment) {}
