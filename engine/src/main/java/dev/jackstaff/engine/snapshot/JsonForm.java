package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.bucket.Buckets;
import dev.jackstaff.engine.document.Rfc3339;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a flag's values become on their way through JSON, and which of them have no way.
///
/// GO Feature Flag copies a flag with a scheduled rollout through JSON (`internal_flag.go`,
/// `applyScheduledRolloutSteps`): integers come out as doubles, dates as strings, and a value that JSON cannot say fails
/// the evaluation with the encoder's text.
final class JsonForm {

    /// A value that JSON cannot say.
    ///
    /// @param path    from the flag
    /// @param message in the words of Go's encoder
    record Unencodable(String path, String message) {}

    private final List<Unencodable> found = new ArrayList<>();

    private JsonForm() {}

    /// Every value of `flag` that JSON cannot say, in the order Go's encoder comes by.
    static List<Unencodable> unencodable(FlagDefinition flag) {
        JsonForm search = new JsonForm();
        search.object("variations", flag.variations());
        search.rules("targeting", flag.targeting());
        search.rule("defaultRule", flag.defaultRule());
        search.steps("scheduledRollout", flag.scheduledRollout());
        search.object("metadata", flag.metadata());
        return search.found;
    }

    /// The value as it comes back. Only for values that JSON can say.
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Long || value instanceof BigInteger) return ((Number) value).doubleValue();
        if (value instanceof OffsetDateTime date) return Rfc3339.format(date);
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>(list.size());
            for (Object item : list) items.add(of(item));
            return Collections.unmodifiableList(items);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) entries.put((String) entry.getKey(), of(entry.getValue()));
            return Collections.unmodifiableMap(entries);
        }
        return value;
    }

    /// An object as it comes back.
    @SuppressWarnings("unchecked") // a map becomes a map
    static @Nullable Map<String, @Nullable Object> of(@Nullable Map<String, @Nullable Object> object) {
        return object == null ? null : (Map<String, @Nullable Object>) of((Object) object);
    }

    private void steps(String path, @Nullable List<ScheduledStep> steps) {
        for (int i = 0; steps != null && i < steps.size(); i++) {
            ScheduledStep step = steps.get(i);
            String here = path + "." + i + ".";
            object(here + "variations", step.variations());
            rules(here + "targeting", step.targeting());
            rule(here + "defaultRule", step.defaultRule());
            steps(here + "scheduledRollout", step.scheduledRollout());
            object(here + "metadata", step.metadata());
        }
    }

    private void rules(String path, @Nullable List<RuleDefinition> rules) {
        for (int i = 0; rules != null && i < rules.size(); i++) rule(path + "." + i, rules.get(i));
    }

    private void rule(String path, @Nullable RuleDefinition rule) {
        if (rule == null) return;
        object(path + ".percentage", rule.percentage());
        ProgressiveRollout rollout = rule.progressiveRollout();
        if (rollout == null) return;
        stage(path + ".progressiveRollout.initial", rollout.initial());
        stage(path + ".progressiveRollout.end", rollout.end());
    }

    private void stage(String path, @Nullable Stage stage) {
        if (stage != null) value(path + ".percentage", stage.percentage());
    }

    private void object(String path, @Nullable Map<String, ?> object) {
        if (object == null || object.values().stream().noneMatch(JsonForm::mayBeUnencodable)) return;
        Map<String, @Nullable Object> sorted = new TreeMap<>(Buckets.BYTE_ORDER);
        sorted.putAll(object);
        sorted.forEach((name, value) -> value(path + "." + name, value));
    }

    @SuppressWarnings("unchecked") // only maps with string keys are maps here
    private void value(String path, @Nullable Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            String text = number.isNaN() ? "NaN" : number > 0 ? "+Inf" : "-Inf";
            found.add(new Unencodable(path, "json: unsupported value: " + text));
        } else if (value instanceof MixedKeyMap) {
            found.add(new Unencodable(path, "json: unsupported type: map[interface {}]interface {}"));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) value(path + "." + i, list.get(i));
        } else if (value instanceof Map<?, ?> map) {
            object(path, (Map<String, @Nullable Object>) map);
        }
    }

    private static boolean mayBeUnencodable(@Nullable Object value) {
        return value instanceof Double number
                ? !Double.isFinite(number)
                : value instanceof MixedKeyMap || value instanceof List || value instanceof Map;
    }
}
