package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// When answers can change although the flags stay: at the dates of steps and experiments, and every second while a
/// progressive rollout is under way. Immutable.
///
/// Dates that turn out to have no effect are here, too: a boundary too many is harmless, one too few is a wrong answer.
final class TimeBoundaries {

    /// From the first date of a flag's progressive rollouts to the last, since steps can combine the stages of several.
    private record Ramping(Instant from, Instant to) {}

    private final TreeSet<Instant> dates = new TreeSet<>();
    private final List<Ramping> ramping = new ArrayList<>();

    private TimeBoundaries() {}

    static TimeBoundaries of(Collection<FlagDefinition> flags) {
        TimeBoundaries boundaries = new TimeBoundaries();
        for (FlagDefinition flag : flags) boundaries.add(flag);
        boundaries.joinOverlaps();
        return boundaries;
    }

    /// The first boundary later than `now`; [Instant#MAX] for none. Cost: O(log dates + separate times of ramping).
    Instant after(Instant now) {
        Instant date = dates.higher(now);
        Instant next = date == null ? Instant.MAX : date;
        for (Ramping ramp : ramping)
            if (!now.isBefore(ramp.from) && now.isBefore(ramp.to)) {
                // Ramps count whole seconds.
                Instant second = Instant.ofEpochSecond(now.getEpochSecond() + 1);
                return second.isBefore(next) ? second : next;
            }
        return next;
    }

    private void add(FlagDefinition flag) {
        TreeSet<Instant> stages = new TreeSet<>();
        experiment(flag.experimentation());
        rules(flag.targeting(), flag.defaultRule(), stages);
        List<ScheduledStep> steps = flag.scheduledRollout();
        if (steps != null)
            for (ScheduledStep step : steps) {
                date(step.date(), dates);
                experiment(step.experimentation());
                rules(step.targeting(), step.defaultRule(), stages);
            }
        dates.addAll(stages);
        if (stages.size() > 1) ramping.add(new Ramping(stages.first(), stages.last()));
    }

    private void experiment(@Nullable Experimentation experiment) {
        if (experiment == null) return;
        date(experiment.start(), dates);
        // The end belongs to the experiment.
        OffsetDateTime end = experiment.end();
        if (end != null) dates.add(end.toInstant().plusNanos(1));
    }

    private static void rules(
            @Nullable List<RuleDefinition> targeting, @Nullable RuleDefinition defaultRule, Set<Instant> stages) {
        if (targeting != null) for (RuleDefinition rule : targeting) rule(rule, stages);
        if (defaultRule != null) rule(defaultRule, stages);
    }

    private static void rule(RuleDefinition rule, Set<Instant> stages) {
        if (rule.progressiveRollout() == null) return;
        stage(rule.progressiveRollout().initial(), stages);
        stage(rule.progressiveRollout().end(), stages);
    }

    private static void stage(@Nullable Stage stage, Set<Instant> stages) {
        if (stage != null) date(stage.date(), stages);
    }

    private static void date(@Nullable OffsetDateTime date, Set<Instant> dates) {
        if (date != null) dates.add(date.toInstant());
    }

    private void joinOverlaps() {
        ramping.sort((a, b) -> a.from.compareTo(b.from));
        List<Ramping> joined = new ArrayList<>();
        for (Ramping next : ramping) {
            Ramping last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last == null || last.to.isBefore(next.from)) joined.add(next);
            else if (last.to.isBefore(next.to)) joined.set(joined.size() - 1, new Ramping(last.from, next.to));
        }
        ramping.clear();
        ramping.addAll(joined);
    }
}
