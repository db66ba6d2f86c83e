package dev.jackstaff.formats.json;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Flags as GO Feature Flag hands them out again (`modules/core/flag`): its own member order instead of the file's, absent
/// fields left out, empty ones kept.
///
/// Cost: one pass over the definition. Stateless.
///
/// @see JsonWriter for what a value without JSON form does
public final class FlagJson {
    private static final Name VARIATIONS = Name.of("variations");
    private static final Name TARGETING = Name.of("targeting");
    private static final Name BUCKETING_KEY = Name.of("bucketingKey");
    private static final Name DEFAULT_RULE = Name.of("defaultRule");
    private static final Name EXPERIMENTATION = Name.of("experimentation");
    private static final Name SCHEDULED_ROLLOUT = Name.of("scheduledRollout");
    private static final Name TRACK_EVENTS = Name.of("trackEvents");
    private static final Name DISABLE = Name.of("disable");
    private static final Name VERSION = Name.of("version");
    private static final Name METADATA = Name.of("metadata");
    private static final Name NAME = Name.of("name");
    private static final Name QUERY = Name.of("query");
    private static final Name VARIATION = Name.of("variation");
    private static final Name PERCENTAGE = Name.of("percentage");
    private static final Name PROGRESSIVE_ROLLOUT = Name.of("progressiveRollout");
    private static final Name INITIAL = Name.of("initial");
    private static final Name END = Name.of("end");
    private static final Name START = Name.of("start");
    private static final Name DATE = Name.of("date");
    private static final Name DELETED = Name.of("deleted");
    private static final Name ADDED = Name.of("added");
    private static final Name UPDATED = Name.of("updated");
    private static final Name OLD_VALUE = Name.of("old_value");
    private static final Name NEW_VALUE = Name.of("new_value");

    private FlagJson() {}

    /// One flag, as a value.
    public static void write(JsonWriter json, FlagDefinition flag) throws IOException {
        json.beginObject();
        parts(json, flag.variations(), flag.targeting(), flag.bucketingKey(), flag.defaultRule(),
                flag.experimentation(), flag.scheduledRollout(), flag.trackEvents(), flag.disable(), flag.version(),
                flag.metadata());
        json.endObject();
    }

    /// An object with a member for each flag, by key in byte order.
    public static void write(JsonWriter json, Map<String, FlagDefinition> flags) throws IOException {
        json.beginObject();
        for (String key : JsonWriter.sortedKeys(flags)) {
            FlagDefinition flag = flags.get(key);
            if (flag == null) continue;
            json.name(key);
            write(json, flag);
        }
        json.endObject();
    }

    /// Where the text of a flag lies in a larger one.
    ///
    /// @param from its first byte
    /// @param to   the byte after its last
    public record Extent(int from, int to) {}

    /// The same, without spaces, with where each flag lies.
    public static Body write(Map<String, FlagDefinition> flags, BiConsumer<String, Extent> told) {
        return JsonWriter.write(false, json -> {
            json.beginObject();
            for (String key : JsonWriter.sortedKeys(flags)) {
                FlagDefinition flag = flags.get(key);
                if (flag == null) continue;
                int from = json.name(key).length() + ":".length();
                write(json, flag);
                told.accept(key, new Extent(from, json.length()));
            }
            json.endObject();
        });
    }

    /// What changed, as streams and notifiers tell it: `deleted` and `added` with the flags, `updated` with `old_value`
    /// and `new_value`; all three always there (`notifier/diff_cache.go`).
    public static void write(JsonWriter json, Changes changes) throws IOException {
        json.beginObject().name(DELETED);
        write(json, changes.deleted());
        json.name(ADDED);
        write(json, changes.added());
        json.name(UPDATED).beginObject();
        for (String key : JsonWriter.sortedKeys(changes.updated())) {
            Changes.Update update = changes.updated().get(key);
            if (update == null) continue;
            json.name(key).beginObject().name(OLD_VALUE);
            write(json, update.before());
            json.name(NEW_VALUE);
            write(json, update.after());
            json.endObject();
        }
        json.endObject().endObject();
    }

    private static void parts(
            JsonWriter json,
            @Nullable Map<String, @Nullable Object> variations,
            @Nullable List<RuleDefinition> targeting,
            @Nullable String bucketingKey,
            @Nullable RuleDefinition defaultRule,
            @Nullable Experimentation experimentation,
            @Nullable List<ScheduledStep> scheduledRollout,
            @Nullable Boolean trackEvents,
            @Nullable Boolean disable,
            @Nullable String version,
            @Nullable Map<String, @Nullable Object> metadata)
            throws IOException {
        optional(json, VARIATIONS, variations);
        if (targeting != null) {
            json.name(TARGETING).beginList();
            for (RuleDefinition rule : targeting) rule(json, rule);
            json.endList();
        }
        optional(json, BUCKETING_KEY, bucketingKey);
        if (defaultRule != null) rule(json.name(DEFAULT_RULE), defaultRule);
        if (experimentation != null) {
            json.name(EXPERIMENTATION).beginObject();
            optional(json, START, experimentation.start());
            optional(json, END, experimentation.end());
            json.endObject();
        }
        if (scheduledRollout != null) {
            json.name(SCHEDULED_ROLLOUT).beginList();
            for (ScheduledStep step : scheduledRollout) step(json, step);
            json.endList();
        }
        optional(json, TRACK_EVENTS, trackEvents);
        optional(json, DISABLE, disable);
        optional(json, VERSION, version);
        optional(json, METADATA, metadata);
    }

    private static void step(JsonWriter json, ScheduledStep step) throws IOException {
        json.beginObject();
        parts(json, step.variations(), step.targeting(), step.bucketingKey(), step.defaultRule(),
                step.experimentation(), step.scheduledRollout(), step.trackEvents(), step.disable(), step.version(),
                step.metadata());
        optional(json, DATE, step.date());
        json.endObject();
    }

    private static void rule(JsonWriter json, RuleDefinition rule) throws IOException {
        json.beginObject();
        optional(json, NAME, rule.name());
        optional(json, QUERY, rule.query());
        optional(json, VARIATION, rule.variation());
        optional(json, PERCENTAGE, rule.percentage());
        ProgressiveRollout rollout = rule.progressiveRollout();
        if (rollout != null) {
            json.name(PROGRESSIVE_ROLLOUT).beginObject();
            stage(json, INITIAL, rollout.initial());
            stage(json, END, rollout.end());
            json.endObject();
        }
        optional(json, DISABLE, rule.disable());
        json.endObject();
    }

    private static void stage(JsonWriter json, Name name, @Nullable Stage stage) throws IOException {
        if (stage == null) return;
        json.name(name).beginObject();
        optional(json, VARIATION, stage.variation());
        optional(json, PERCENTAGE, stage.percentage());
        optional(json, DATE, stage.date());
        json.endObject();
    }

    private static void optional(JsonWriter json, Name name, @Nullable Object value) throws IOException {
        if (value != null) json.member(name, value);
    }
}
