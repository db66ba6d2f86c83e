package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.verify.museum.ProgressiveRolloutTest.Served;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// E-D7, R-D44: evaluating a progressive rollout without an end percentage wrote 100 into the stored flag, beside everybody
/// who read it; the next poll told of an update that nobody had made.
class ProgressiveRolloutTest implements Exhibit<Served> {
    private static final String FLAG = """
            f:
              variations: {a: 1, b: 2}
              defaultRule:
                progressiveRollout:
                  initial: {variation: a, percentage: 0, date: 2020-01-01T00:00:00Z}
                  end: {variation: b, date: 2020-02-01T00:00:00Z}
            """;

    interface Served {
        void evaluate();

        /// Whether what is served differs from what the file says.
        boolean isChanged();
    }

    @Override
    public Served twin() {
        Map<String, @Nullable Double> end = new HashMap<>();
        end.put("percentage", null);
        return new Served() {
            @Override
            public void evaluate() {
                end.putIfAbsent("percentage", 100.0);
            }

            @Override
            public boolean isChanged() {
                return end.get("percentage") != null;
            }
        };
    }

    @Override
    public Served ours() {
        Snapshot flags = Flags.compiled(FLAG, CompileOptions.DEFAULT);
        Map<String, FlagDefinition> written = Flags.file(FLAG).flags();
        return new Served() {
            @Override
            public void evaluate() {
                if (flags.evaluate("f", Flags.user("anna"), Flags.NOW).failed())
                    throw new AssertionError("it has failed");
            }

            @Override
            public boolean isChanged() {
                return !Changes.between(written, flags.definitions()).isEmpty();
            }
        };
    }

    @Override
    public Optional<String> examine(Served flags) {
        if (flags.isChanged()) return Optional.of("it is another one from the start");
        flags.evaluate();
        return Exhibit.when(flags.isChanged(), "evaluating has changed the flag");
    }
}
