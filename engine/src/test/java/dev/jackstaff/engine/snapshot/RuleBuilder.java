package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/// A rule in few words. What is not said is absent.
final class RuleBuilder {
    static final String J1 = "2024-01-01T00:00:00Z";
    static final String J5 = "2024-01-05T00:00:00Z";
    static final String J11 = "2024-01-11T00:00:00Z";

    private String name;
    private String query;
    private String variation;
    private Map<String, Double> percentage;
    private ProgressiveRollout progressiveRollout;
    private Boolean disable;

    static RuleBuilder rule() {
        return new RuleBuilder();
    }

    /// A rule that gives one variation.
    static RuleBuilder to(String variation) {
        return rule().variation(variation);
    }

    /// A rule that splits by percentage.
    static RuleBuilder split(Object... nameThenWeight) {
        return rule().percentage(nameThenWeight);
    }

    /// A rule that goes from A on January 1st to B on the 11th, 2024.
    static RuleBuilder ramp() {
        return ramp(null, null);
    }

    static RuleBuilder ramp(Double initial, Double end) {
        return rule().progressive(stage("A", initial, J1), stage("B", end, J11));
    }

    static Stage stage(String variation, Double percentage, String date) {
        return new Stage(variation, percentage, FlagBuilder.date(date));
    }

    RuleBuilder named(String name) {
        this.name = name;
        return this;
    }

    RuleBuilder query(String query) {
        this.query = query;
        return this;
    }

    RuleBuilder variation(String variation) {
        this.variation = variation;
        return this;
    }

    RuleBuilder percentage(Object... nameThenWeight) {
        percentage = new LinkedHashMap<>();
        for (int i = 0; i < nameThenWeight.length; i += 2)
            percentage.put((String) nameThenWeight[i], ((Number) nameThenWeight[i + 1]).doubleValue());
        return this;
    }

    RuleBuilder progressive(Stage initial, Stage end) {
        progressiveRollout = new ProgressiveRollout(initial, end);
        return this;
    }

    RuleBuilder disable(boolean disable) {
        this.disable = disable;
        return this;
    }

    RuleDefinition build() {
        return new RuleDefinition(name, query, variation, percentage, progressiveRollout, disable);
    }
}
