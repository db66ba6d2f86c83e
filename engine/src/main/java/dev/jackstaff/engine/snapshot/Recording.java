package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.query.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notes what one evaluation does on its way. For one thread, for one evaluation.
final class Recording {
    static final int DEFAULT_RULE = -1;

    private final Run run;
    private final List<Trace.RuleStep> rules = new ArrayList<>();
    private @Nullable String bucketingKey;
    private @Nullable String gate;

    Recording(long fuel) {
        run = Run.traced(fuel);
    }

    Run run() {
        return run;
    }

    void key(@Nullable String key) {
        bucketingKey = key;
    }

    void stopped(String gate) {
        this.gate = gate;
    }

    void passedOver(int index, CompiledRule rule) {
        note(index, rule, false, null);
    }

    void decided(int index, CompiledRule rule, Trace.Assignment assignment) {
        note(index, rule, true, assignment);
    }

    private void note(int index, CompiledRule rule, boolean matched, Trace.@Nullable Assignment assignment) {
        rules.add(new Trace.RuleStep(
                index, rule.name(), rule.query(), rule.disabled(), matched, run.drain(), assignment));
    }

    Trace trace(
            String flagKey,
            Evaluation evaluation,
            Instant now,
            boolean nowFromContext,
            Trace.@Nullable StepInForce scheduledStep) {
        return new Trace(flagKey, evaluation, now, nowFromContext, scheduledStep, bucketingKey, gate, rules);
    }
}
