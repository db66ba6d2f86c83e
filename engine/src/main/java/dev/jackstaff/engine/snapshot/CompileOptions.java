package dev.jackstaff.engine.snapshot;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.Compatibility;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a flag set decides about its own compilation. Immutable.
///
/// @param compatibility which defects of GO Feature Flag are kept; by default none
/// @param strict        whether warnings (ignored query text, repaired queries, unknown fields) are errors
/// @param keepLastGood  whether a flag that has become invalid goes on with its previous version (`quarantined`);
///                      false drops it, as GO Feature Flag does
/// @param refuseEmpty   whether a file without any flag is refused when the snapshot before it had some
/// @param validate      whether invalid flags are refused at all; false evaluates whatever stands there, for tools that
///                      try out a single definition
/// @param enrichment    attributes laid over every context; they win over the caller's. Kinds as in
///                      [EvaluationContext]
/// @param fuel          the step budget of one evaluation, all rules of a flag together
public record CompileOptions(
        Compatibility compatibility,
        boolean strict,
        boolean keepLastGood,
        boolean refuseEmpty,
        boolean validate,
        Map<String, @Nullable Object> enrichment,
        long fuel) {

    /// Enough for any query a person writes, and over in some tens of milliseconds.
    public static final long DEFAULT_FUEL = 5_000_000;

    public static final CompileOptions DEFAULT =
            new CompileOptions(Compatibility.CORRECTED, false, true, true, true, Map.of(), DEFAULT_FUEL);

    public CompileOptions {
        requireNonNull(compatibility, "compatibility");
        enrichment = EvaluationContext.of("", enrichment).attributes();
        if (fuel < 1) throw new IllegalArgumentException("fuel < 1: " + fuel);
    }

    public CompileOptions withCompatibility(Compatibility compatibility) {
        return new CompileOptions(compatibility, strict, keepLastGood, refuseEmpty, validate, enrichment, fuel);
    }

    public CompileOptions withStrict(boolean strict) {
        return new CompileOptions(compatibility, strict, keepLastGood, refuseEmpty, validate, enrichment, fuel);
    }

    public CompileOptions withKeepLastGood(boolean keepLastGood) {
        return new CompileOptions(compatibility, strict, keepLastGood, refuseEmpty, validate, enrichment, fuel);
    }

    public CompileOptions withRefuseEmpty(boolean refuseEmpty) {
        return new CompileOptions(compatibility, strict, keepLastGood, refuseEmpty, validate, enrichment, fuel);
    }

    public CompileOptions withValidate(boolean validate) {
        return new CompileOptions(compatibility, strict, keepLastGood, refuseEmpty, validate, enrichment, fuel);
    }

    public CompileOptions withEnrichment(Map<String, @Nullable Object> enrichment) {
        return new CompileOptions(compatibility, strict, keepLastGood, refuseEmpty, validate, enrichment, fuel);
    }

    public CompileOptions withFuel(long fuel) {
        return new CompileOptions(compatibility, strict, keepLastGood, refuseEmpty, validate, enrichment, fuel);
    }
}
