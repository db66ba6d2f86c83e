package dev.jackstaff.verify.conformance;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.evaluation.Trace;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.flag.Compatibility.Defect;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import dev.jackstaff.engine.snapshot.Compilation;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks the engine what was asked when the corpus was recorded. Flags are taken as they are, as the original was given
/// them, so invalid ones are evaluated, too. Thread-safe.
final class Replay {
    /// No case depends on the clock.
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /// Every choice of defects but none, small ones first.
    private static final List<Set<Defect>> CHOICES = choices();

    private final Engine engine;
    private final Compatibility compatibility;

    Replay(Engine engine, Compatibility compatibility) {
        this.engine = engine;
        this.compatibility = compatibility;
    }

    Verdict play(Case one) {
        Reading reading = FlagFile.read(one.document());
        if (!(reading instanceof FlagFile file)) return new Verdict.Refused(text(reading.problems()));
        Compilation compilation = compile(one, file, compatibility);
        if (!(compilation instanceof Compilation.Compiled(Snapshot snapshot, List<Problem> problems)))
            return new Verdict.Refused(text(compilation.problems()));
        Map<String, @Nullable Object> got = ask(one, snapshot);
        Trace trace = snapshot.explain(one.flagKey(), one.context(), NOW);
        List<String> unexplained = trace == null
                ? List.of("there is no explanation")
                : Answer.differences(got, Answer.of(trace.evaluation(), one.defaultValue()));
        if (!unexplained.isEmpty()) return new Verdict.ExplainedOtherwise(unexplained, got);
        List<String> different = Answer.differences(one.expected(), got);
        if (different.isEmpty()) return new Verdict.Same();
        Set<Defect> reason = reason(one, file, problems);
        return reason.isEmpty() ? new Verdict.Different(different, got) : new Verdict.Corrected(reason);
    }

    /// The fewest corrected defects that have to be kept for the recorded answer, all of them announced among
    /// `problems`; empty when there are none.
    private Set<Defect> reason(Case one, FlagFile file, List<Problem> problems) {
        Set<Defect> announced = EnumSet.noneOf(Defect.class);
        for (Defect defect : Defect.values())
            if (!compatibility.keeps(defect) && problems.stream().anyMatch(problem -> names(problem, defect)))
                announced.add(defect);
        for (Set<Defect> choice : CHOICES) {
            if (!announced.containsAll(choice)) continue;
            Set<Defect> kept = EnumSet.copyOf(choice);
            kept.addAll(compatibility.kept());
            if (compile(one, file, new Compatibility(kept)) instanceof Compilation.Compiled compiled
                    && Answer.differences(one.expected(), ask(one, compiled.snapshot())).isEmpty())
                return choice;
        }
        return Set.of();
    }

    private Map<String, @Nullable Object> ask(Case one, Snapshot snapshot) {
        return Answer.of(engine.evaluate(snapshot, one.flagKey(), one.context(), NOW), one.defaultValue());
    }

    private static Compilation compile(Case one, FlagFile file, Compatibility compatibility) {
        return Snapshot.compile(
                file,
                CompileOptions.DEFAULT.withValidate(false)
                        .withCompatibility(compatibility)
                        .withEnrichment(one.enrichment()));
    }

    private static boolean names(Problem problem, Defect defect) {
        return problem.message().contains("(" + defect.number() + ")");
    }

    private static List<Set<Defect>> choices() {
        List<Set<Defect>> choices = new ArrayList<>(List.of(Set.of()));
        for (Defect defect : Defect.values())
            for (Set<Defect> choice : List.copyOf(choices)) {
                Set<Defect> larger = EnumSet.of(defect);
                larger.addAll(choice);
                choices.add(larger);
            }
        choices.sort(Comparator.comparingInt(Set::size));
        return choices.subList(1, choices.size());
    }

    private static String text(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    }
}
