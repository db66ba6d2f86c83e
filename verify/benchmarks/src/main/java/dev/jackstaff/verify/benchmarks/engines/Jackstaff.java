package dev.jackstaff.verify.benchmarks.engines;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.verify.benchmarks.FlagText;
import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;

/// Ours.
final class Jackstaff implements Engine {
    private final Snapshot snapshot;
    private final EvaluationContext[] contexts;

    Jackstaff(List<User> users) throws IOException {
        snapshot = new FlagText(Syntax.YAML, FlagsOf.bytes("jackstaff.yaml")).compile();
        contexts = users.stream()
                .map(user -> EvaluationContext.of(user.key(), user.attributes()))
                .toArray(EvaluationContext[]::new);
    }

    @Override
    public IntPredicate asking(Flag flag) {
        String key = flag.key();
        return user -> snapshot.evaluate(key, contexts[user], FlagText.NOW).booleanOr(false);
    }

    @Override
    public void close() {}
}
