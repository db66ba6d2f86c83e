package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.verify.museum.SharedEnrichmentTest.FlagsOfAll;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// E-D11: evaluating all flags wrote into the enrichment that all requests share.
class SharedEnrichmentTest implements Exhibit<FlagsOfAll> {
    interface FlagsOfAll {
        void evaluateAll();

        Map<String, ?> enrichment();
    }

    @Override
    public FlagsOfAll twin() {
        Map<String, Object> enrichment = new HashMap<>();
        return new FlagsOfAll() {
            @Override
            public void evaluateAll() {
                enrichment.put("env", "prod");
            }

            @Override
            public Map<String, ?> enrichment() {
                return enrichment;
            }
        };
    }

    @Override
    public FlagsOfAll ours() {
        Map<String, Object> configured = new HashMap<>(Map.of("env", "prod"));
        Snapshot flags = Flags.compiled("f: {variations: {a: 1}, defaultRule: {variation: a}}\n",
                CompileOptions.DEFAULT.withEnrichment(configured));
        return new FlagsOfAll() {
            @Override
            public void evaluateAll() {
                configured.put("late", true);
                flags.evaluateAll(EvaluationContext.EMPTY, Flags.NOW, (key, evaluation) -> {});
            }

            @Override
            public Map<String, ?> enrichment() {
                return flags.options().enrichment();
            }
        };
    }

    @Override
    public Optional<String> examine(FlagsOfAll flags) {
        Map<String, ?> before = Map.copyOf(flags.enrichment());
        flags.evaluateAll();
        return Exhibit.when(!flags.enrichment().equals(before),
                "the enrichment of all was " + before + " and is " + flags.enrichment());
    }
}
