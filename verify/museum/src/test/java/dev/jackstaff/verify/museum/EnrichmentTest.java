package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.verify.museum.EnrichmentTest.Evaluator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// E-D2, D-42: enrichment was written into the caller's own attributes, and crashed where these could not be written to.
class EnrichmentTest implements Exhibit<Evaluator> {
    private static final Map<String, Object> ENRICHMENT = Map.of("env", "prod");

    @FunctionalInterface
    interface Evaluator {
        void evaluate(Map<String, Object> attributes);
    }

    @Override
    public Evaluator twin() {
        return attributes -> attributes.putAll(ENRICHMENT);
    }

    @Override
    public Evaluator ours() {
        Snapshot flags = Flags.compiled("""
                f:
                  variations: {"on": true, "off": false}
                  targeting: [{query: env eq "prod", variation: "on"}]
                  defaultRule: {variation: "off"}
                """, CompileOptions.DEFAULT.withEnrichment(ENRICHMENT));
        return attributes -> flags.evaluate("f", EvaluationContext.of("anna", attributes), Flags.NOW);
    }

    @Override
    public Optional<String> examine(Evaluator evaluator) {
        Map<String, Object> mine = new HashMap<>(Map.of("a", 1));
        evaluator.evaluate(mine);
        if (!mine.equals(Map.of("a", 1))) return Optional.of("the caller's attributes are now " + mine);
        try {
            evaluator.evaluate(Map.of("a", 1));
            return Optional.empty();
        } catch (UnsupportedOperationException written) {
            return Optional.of("attributes that cannot be written to: " + written);
        }
    }
}
