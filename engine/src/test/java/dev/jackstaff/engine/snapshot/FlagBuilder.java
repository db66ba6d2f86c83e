package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.Locations;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A flag in few words, or what a scheduled step changes in one. What is not said is absent.
final class FlagBuilder {
    private final String key;
    private Map<String, Object> variations;
    private List<RuleBuilder> targeting;
    private String bucketingKey;
    private RuleBuilder defaultRule;
    private Experimentation experimentation;
    private List<ScheduledStep> scheduledRollout;
    private Boolean trackEvents;
    private Boolean disable;
    private String version;
    private Map<String, Object> metadata;
    private final Map<String, Location> locations = new LinkedHashMap<>();

    private FlagBuilder(String key) {
        this.key = key;
    }

    static FlagBuilder flag(String key) {
        return new FlagBuilder(key);
    }

    /// The flag of most vectors: key `f`, variations A: "A" and B: "B".
    static FlagBuilder ab() {
        return ab("f");
    }

    static FlagBuilder ab(String key) {
        return flag(key).variation("A", "A").variation("B", "B");
    }

    /// The changes of a scheduled step.
    static FlagBuilder changes() {
        return new FlagBuilder("");
    }

    FlagBuilder variation(String name, Object value) {
        if (variations == null) variations = new LinkedHashMap<>();
        variations.put(name, value);
        return this;
    }

    FlagBuilder targeting(RuleBuilder... rules) {
        targeting = List.of(rules);
        return this;
    }

    FlagBuilder targeting(List<RuleBuilder> rules) {
        targeting = rules;
        return this;
    }

    FlagBuilder bucketingKey(String path) {
        bucketingKey = path;
        return this;
    }

    FlagBuilder defaultRule(RuleBuilder rule) {
        defaultRule = rule;
        return this;
    }

    FlagBuilder experimentation(String start, String end) {
        experimentation = new Experimentation(date(start), date(end));
        return this;
    }

    FlagBuilder step(String date, FlagBuilder changes) {
        steps(new ScheduledStep[0]);
        scheduledRollout.add(changes.asStep(date(date)));
        return this;
    }

    FlagBuilder steps(ScheduledStep... steps) {
        if (scheduledRollout == null) scheduledRollout = new ArrayList<>();
        scheduledRollout.addAll(Arrays.asList(steps));
        return this;
    }

    FlagBuilder trackEvents(boolean trackEvents) {
        this.trackEvents = trackEvents;
        return this;
    }

    FlagBuilder disable(boolean disable) {
        this.disable = disable;
        return this;
    }

    FlagBuilder version(String version) {
        this.version = version;
        return this;
    }

    FlagBuilder metadata(String name, Object value) {
        if (metadata == null) metadata = new LinkedHashMap<>();
        metadata.put(name, value);
        return this;
    }

    /// Where a part of the flag is; the flag itself is in line 1.
    FlagBuilder located(String path, int line) {
        locations.put(path, new Location("flags.yaml", line, 5));
        return this;
    }

    FlagDefinition build() {
        return new FlagDefinition(
                key,
                variations,
                targeting == null ? null : targeting.stream().map(RuleBuilder::build).toList(),
                bucketingKey,
                defaultRule == null ? null : defaultRule.build(),
                experimentation,
                scheduledRollout,
                trackEvents,
                disable,
                version,
                metadata,
                Locations.from(new Location("flags.yaml", 1, 1), locations));
    }

    private ScheduledStep asStep(OffsetDateTime date) {
        FlagDefinition changes = build();
        return new ScheduledStep(
                date,
                changes.variations(),
                changes.targeting(),
                changes.defaultRule(),
                changes.experimentation(),
                changes.trackEvents(),
                changes.disable(),
                changes.version(),
                changes.bucketingKey(),
                changes.metadata(),
                changes.scheduledRollout());
    }

    static OffsetDateTime date(String text) {
        return text == null ? null : OffsetDateTime.parse(text);
    }
}
