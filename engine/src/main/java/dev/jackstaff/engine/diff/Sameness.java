package dev.jackstaff.engine.diff;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Whether definitions say the same; the rules are those of [Changes]. `equals` of the records would not do: it takes NaN
/// for equal to itself, and two dates at one instant in two zones for different.
final class Sameness {
    private Sameness() {}

    static boolean of(FlagDefinition a, FlagDefinition b) {
        return a.key().equals(b.key())
                && values(a.variations(), b.variations())
                && lists(a.targeting(), b.targeting(), Sameness::rules)
                && Objects.equals(a.bucketingKey(), b.bucketingKey())
                && both(a.defaultRule(), b.defaultRule(), Sameness::rules)
                && both(a.experimentation(), b.experimentation(), Sameness::experimentations)
                && lists(a.scheduledRollout(), b.scheduledRollout(), Sameness::steps)
                && Objects.equals(a.trackEvents(), b.trackEvents())
                && Objects.equals(a.disable(), b.disable())
                && Objects.equals(a.version(), b.version())
                && values(a.metadata(), b.metadata());
    }

    private static boolean steps(ScheduledStep a, ScheduledStep b) {
        return values(a.date(), b.date())
                && values(a.variations(), b.variations())
                && lists(a.targeting(), b.targeting(), Sameness::rules)
                && both(a.defaultRule(), b.defaultRule(), Sameness::rules)
                && both(a.experimentation(), b.experimentation(), Sameness::experimentations)
                && Objects.equals(a.trackEvents(), b.trackEvents())
                && Objects.equals(a.disable(), b.disable())
                && Objects.equals(a.version(), b.version())
                && Objects.equals(a.bucketingKey(), b.bucketingKey())
                && values(a.metadata(), b.metadata())
                && lists(a.scheduledRollout(), b.scheduledRollout(), Sameness::steps);
    }

    private static boolean rules(RuleDefinition a, RuleDefinition b) {
        return Objects.equals(a.name(), b.name())
                && Objects.equals(a.query(), b.query())
                && Objects.equals(a.variation(), b.variation())
                && values(a.percentage(), b.percentage())
                && both(a.progressiveRollout(), b.progressiveRollout(), Sameness::rollouts)
                && Objects.equals(a.disable(), b.disable());
    }

    private static boolean rollouts(ProgressiveRollout a, ProgressiveRollout b) {
        return both(a.initial(), b.initial(), Sameness::stages) && both(a.end(), b.end(), Sameness::stages);
    }

    private static boolean stages(Stage a, Stage b) {
        return Objects.equals(a.variation(), b.variation())
                && values(a.percentage(), b.percentage())
                && values(a.date(), b.date());
    }

    private static boolean experimentations(Experimentation a, Experimentation b) {
        return values(a.start(), b.start()) && values(a.end(), b.end());
    }

    private static <T> boolean both(@Nullable T a, @Nullable T b, BiPredicate<T, T> same) {
        if (a == null || b == null) return a == null && b == null;
        return same.test(a, b);
    }

    private static <T> boolean lists(@Nullable List<T> a, @Nullable List<T> b, BiPredicate<T, T> same) {
        if (a == null || b == null) return a == null && b == null;
        if (a.size() != b.size()) return false;
        for (int i = 0; i < a.size(); i++) if (!same.test(a.get(i), b.get(i))) return false;
        return true;
    }

    /// Values of any kind, as [FlagDefinition] lists them.
    private static boolean values(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) return a == null && b == null;
        // Compared as numbers: NaN differs from itself, and the two zeros are the same.
        if (a instanceof Double x && b instanceof Double y) return x.doubleValue() == y.doubleValue();
        if (a instanceof OffsetDateTime x && b instanceof OffsetDateTime y) return x.isEqual(y);
        if (a instanceof List<?> x && b instanceof List<?> y) return items(x, y);
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) return entries(x, y);
        if (a instanceof MixedKeyMap x && b instanceof MixedKeyMap y) return entries(x.entries(), y.entries());
        return a.equals(b);
    }

    private static boolean items(List<?> a, List<?> b) {
        if (a.size() != b.size()) return false;
        for (int i = 0; i < a.size(); i++) if (!values(a.get(i), b.get(i))) return false;
        return true;
    }

    private static boolean entries(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) return false;
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object key = entry.getKey();
            if (!b.containsKey(key) || !values(key, key) || !values(entry.getValue(), b.get(key))) return false;
        }
        return true;
    }
}
