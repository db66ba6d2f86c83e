package dev.jackstaff.verify.conformance;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.time.Instant;

/// What gives the answers that are held against the recorded ones: ours, or in a test a twin with a mistake.
@FunctionalInterface
interface Engine {
    Engine OURS = Snapshot::evaluate;

    Evaluation evaluate(Snapshot snapshot, String flagKey, EvaluationContext context, Instant now);
}
