package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// E-D6: the rule that one step of a scheduled rollout adds was the stored step's own, so that a later step which changes it
/// changed the past: the next answer for an earlier date was another one.
class ScheduledStepsTest implements Exhibit<Function<Instant, String>> {
    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2024-02-01T00:00:00Z");

    @Override
    public Function<Instant, String> twin() {
        List<String> ruleOfFirst = new ArrayList<>(List.of("a"));
        return now -> {
            List<String> rule = ruleOfFirst;
            if (!now.isBefore(SECOND)) rule.set(0, "b");
            return rule.get(0);
        };
    }

    @Override
    public Function<Instant, String> ours() {
        Snapshot flags = Flags.compiled("""
                f:
                  variations: {a: 1, b: 2}
                  defaultRule: {variation: b}
                  scheduledRollout:
                    - {date: %s, targeting: [{name: r, query: key eq "anna", percentage: {a: 100}}]}
                    - {date: %s, targeting: [{name: r, percentage: {a: -1, b: 100}}]}
                """.formatted(FIRST, SECOND), CompileOptions.DEFAULT.withValidate(false));
        EvaluationContext anna = Flags.user("anna");
        return now -> flags.evaluate("f", anna, now).variation();
    }

    @Override
    public Optional<String> examine(Function<Instant, String> variationAt) {
        String before = variationAt.apply(FIRST);
        String later = variationAt.apply(SECOND);
        String again = variationAt.apply(FIRST);
        if (!before.equals("a") || !later.equals("b")) return Optional.of("not even right: " + before + ", " + later);
        return Exhibit.when(!again.equals(before), "it was " + before + " on that day and is " + again);
    }
}
