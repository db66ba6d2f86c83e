package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.snapshot.Compilation;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.Formats;
import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.runtime.FlagSetOptions;
import dev.jackstaff.runtime.FlagSetStartException;
import dev.jackstaff.runtime.Resources;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/// Flags for exhibits, and our engine and runtime around them.
final class Flags {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// Of polls.
    static final Duration INTERVAL = Duration.ofSeconds(60);

    private Flags() {}

    static FlagFile file(String yaml) {
        return (FlagFile) FlagFile.read(Formats.open(Syntax.YAML, "flags", yaml.getBytes(StandardCharsets.UTF_8)));
    }

    static Snapshot compiled(String yaml, CompileOptions options) {
        return ((Compilation.Compiled) Snapshot.compile(file(yaml), options)).snapshot();
    }

    static EvaluationContext user(String key) {
        return EvaluationContext.of(key, Map.of());
    }

    /// A flag set that polls by a clock that moves when told.
    static FlagSet started(FlagSetOptions options, List<Retriever> retrievers, FakeClock clock, Executor workers)
            throws FlagSetStartException {
        return FlagSet.start(options, retrievers, resources(clock, workers));
    }

    static Resources resources(FakeClock clock, Executor workers) {
        return new Resources(workers, clock::after, clock, new SplittableRandom(1));
    }

    static FlagSetOptions options() {
        return FlagSetOptions.named("museum");
    }

    /// The variation that everybody gets now.
    static String variation(FlagSet flags, String key) {
        return flags.snapshot().evaluate(key, EvaluationContext.EMPTY, NOW).variation();
    }
}
