package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a flag is at one time: as written, or after the steps of its scheduled rollout that are due (`internal_flag.go`
/// and `rule.go` of GO Feature Flag).
///
/// States are immutable, so no step can leak into another. `trackEvents`, `version`, `bucketingKey`, `metadata` and
/// nested steps of a step change no answer and are not looked at.
record FlagState(
        Map<String, @Nullable Object> variations,
        List<RuleDefinition> targeting,
        @Nullable RuleDefinition defaultRule,
        @Nullable Experimentation experimentation,
        boolean disabled,
        Map<String, @Nullable Object> metadata) {

    private static final RuleDefinition NO_RULE = new RuleDefinition(null, null, null, null, null, null);
    private static final Stage NO_STAGE = new Stage(null, null, null);

    /// The flag as written. One with a scheduled rollout, even an empty one, has been through JSON ([JsonForm]); the
    /// steps themselves have not.
    static FlagState of(FlagDefinition flag) {
        boolean throughJson = flag.scheduledRollout() != null;
        return new FlagState(
                orEmpty(throughJson ? JsonForm.of(flag.variations()) : flag.variations()),
                flag.targeting() == null ? List.of() : flag.targeting(),
                flag.defaultRule(),
                flag.experimentation(),
                Boolean.TRUE.equals(flag.disable()),
                orEmpty(throughJson ? JsonForm.of(flag.metadata()) : flag.metadata()));
    }

    /// Whether any rule, switched off or not, puts users into buckets.
    boolean needsKey() {
        return needsKey(targeting, defaultRule);
    }

    static boolean needsKey(@Nullable List<RuleDefinition> targeting, @Nullable RuleDefinition defaultRule) {
        return needsKey(defaultRule) || (targeting != null && targeting.stream().anyMatch(FlagState::needsKey));
    }

    static boolean needsKey(@Nullable RuleDefinition rule) {
        return rule != null
                && (rule.progressiveRollout() != null
                        || (rule.percentage() != null && !rule.percentage().isEmpty()));
    }

    /// This flag once `step` is due. What the step names and the flag lacks counts as empty.
    FlagState after(ScheduledStep step) {
        return new FlagState(
                step.variations() == null ? variations : overlaid(variations, step.variations()),
                step.targeting() == null ? targeting : merged(targeting, step.targeting()),
                step.defaultRule() == null
                        ? defaultRule
                        : merged(defaultRule == null ? NO_RULE : defaultRule, step.defaultRule()),
                merged(experimentation, step.experimentation()),
                step.disable() == null ? disabled : step.disable(),
                metadata);
    }

    /// Whether a rule that both states have can give different answers in them. Values may be large, and a step without
    /// variations hands on the same map, so the maps are not looked into.
    @SuppressWarnings("ReferenceEquality")
    boolean sharesNoAnswersWith(FlagState other) {
        return variations != other.variations;
    }

    /// Rules of the step that share a name with rules of the flag change those; the others are appended. Having no name
    /// is sharing one with the other rules that have none, but only where the step says `name: ""` in so many words.
    private static List<RuleDefinition> merged(List<RuleDefinition> current, List<RuleDefinition> update) {
        Map<String, RuleDefinition> byName = new HashMap<>();
        for (RuleDefinition rule : update) if (rule.name() != null) byName.put(rule.name(), rule);
        List<RuleDefinition> merged = new ArrayList<>();
        Set<String> changed = new HashSet<>();
        for (RuleDefinition rule : current) {
            RuleDefinition change = byName.get(nameOf(rule));
            merged.add(change == null ? rule : merged(rule, change));
            if (change != null) changed.add(nameOf(rule));
        }
        for (RuleDefinition rule : update) if (!changed.contains(nameOf(rule))) merged.add(rule);
        return merged;
    }

    private static String nameOf(RuleDefinition rule) {
        return rule.name() == null ? "" : rule.name();
    }

    private static RuleDefinition merged(RuleDefinition current, RuleDefinition update) {
        return new RuleDefinition(
                current.name(),
                newest(current.query(), update.query()),
                newest(current.variation(), update.variation()),
                weights(current.percentage(), update.percentage()),
                merged(current.progressiveRollout(), update.progressiveRollout()),
                newest(current.disable(), update.disable()));
    }

    /// A negative weight takes its variation out.
    private static @Nullable Map<String, Double> weights(
            @Nullable Map<String, Double> current, @Nullable Map<String, Double> update) {
        if (update == null) return current;
        Map<String, Double> merged = new LinkedHashMap<>();
        if (current != null) merged.putAll(current);
        update.forEach((variation, weight) -> {
            if (weight < 0) merged.remove(variation);
            else
                merged.put(variation, weight);
        });
        return merged;
    }

    private static @Nullable ProgressiveRollout merged(
            @Nullable ProgressiveRollout current, @Nullable ProgressiveRollout update) {
        if (update == null) return current;
        return new ProgressiveRollout(
                merged(current == null ? null : current.initial(), update.initial()),
                merged(current == null ? null : current.end(), update.end()));
    }

    private static @Nullable Stage merged(@Nullable Stage current, @Nullable Stage update) {
        if (update == null) return current;
        Stage from = current == null ? NO_STAGE : current;
        return new Stage(
                newest(from.variation(), update.variation()),
                newest(from.percentage(), update.percentage()),
                newest(from.date(), update.date()));
    }

    private static @Nullable Experimentation merged(
            @Nullable Experimentation current, @Nullable Experimentation update) {
        if (update == null) return current;
        if (current == null) return update;
        return new Experimentation(newest(current.start(), update.start()), newest(current.end(), update.end()));
    }

    private static <T> @Nullable T newest(@Nullable T current, @Nullable T update) {
        return update == null ? current : update;
    }

    private static Map<String, @Nullable Object> overlaid(
            Map<String, @Nullable Object> current, Map<String, @Nullable Object> update) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(current);
        merged.putAll(update);
        return merged;
    }

    private static Map<String, @Nullable Object> orEmpty(@Nullable Map<String, @Nullable Object> map) {
        return map == null || map.isEmpty() ? Map.of() : map;
    }
}
