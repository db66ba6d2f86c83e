package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plans of a scheduled rollout against a reference that does at every evaluation what the specification says
/// (section 4.4), on a copy it may write to.
class ScheduledRolloutTest {

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_plan_answers_as_the_flag_would_after_its_due_steps(long seed) {
        RandomFlags flags = new RandomFlags(seed);
        for (int i = 0; i < 150; i++) {
            FlagDefinition flag = flags.scheduled("flag-" + i % 7).build();
            Snapshot planned = Asked.compiled(Asked.AS_WRITTEN, flag);
            for (int j = 0; j < 12; j++) {
                Instant now = flags.now();
                EvaluationContext user = flags.userWithKey();
                Snapshot stepped = Asked.compiled(Asked.AS_WRITTEN, new Reference(flag).at(now));
                Evaluation got = planned.evaluate(flag.key(), user, now);
                assertThat(withoutCacheable(got))
                        .as("%s at %s for %s", flag, now, user.targetingKey())
                        .isEqualTo(withoutCacheable(stepped.evaluate(flag.key(), user, now)));
                assertThat(got.cacheable()).isFalse();
            }
        }
    }

    /// The reference flag has no steps any more, so that its answers may be kept.
    private static String withoutCacheable(Evaluation evaluation) {
        return said(evaluation).replace(" nc", "").replace(" c", "");
    }

    /// A flag whose parts can be written to.
    private static final class Reference {
        private final FlagDefinition flag;
        private final Map<String, Object> variations;
        private final List<Rule> rules = new ArrayList<>();
        private final Rule defaultRule;
        private OffsetDateTime start;
        private OffsetDateTime end;
        private boolean experiment;
        private Boolean disable;

        Reference(FlagDefinition flag) {
            this.flag = flag;
            variations = new HashMap<>(flag.variations());
            if (flag.targeting() != null) flag.targeting().forEach(rule -> rules.add(new Rule(rule)));
            defaultRule = new Rule(flag.defaultRule());
            merge(flag.experimentation());
            disable = flag.disable();
        }

        FlagDefinition at(Instant now) {
            flag.scheduledRollout()
                    .stream()
                    .filter(step -> step.date() != null && !step.date().toInstant().isAfter(now))
                    .sorted(Comparator.comparing(step -> step.date().toInstant()))
                    .forEach(this::apply);
            return new FlagDefinition(
                    flag.key(),
                    variations,
                    rules.stream().map(Rule::build).toList(),
                    null,
                    defaultRule.build(),
                    experiment ? new Experimentation(start, end) : null,
                    null,
                    flag.trackEvents(),
                    disable,
                    flag.version(),
                    flag.metadata(),
                    flag.locations());
        }

        private void apply(ScheduledStep step) {
            targeting(step.targeting() == null ? List.of() : step.targeting());
            if (step.disable() != null) disable = step.disable();
            if (step.defaultRule() != null) defaultRule.merge(step.defaultRule());
            if (step.variations() != null) variations.putAll(step.variations());
            merge(step.experimentation());
        }

        private void targeting(List<RuleDefinition> updates) {
            Set<String> merged = new HashSet<>();
            for (Rule rule : rules) {
                for (int i = updates.size() - 1; i >= 0; i--) {
                    RuleDefinition update = updates.get(i);
                    if (update.name() == null || !update.name().equals(rule.name == null ? "" : rule.name)) continue;
                    rule.merge(update);
                    merged.add(update.name());
                    break;
                }
            }
            for (RuleDefinition update : updates)
                if (!merged.contains(update.name() == null ? "" : update.name())) rules.add(new Rule(update));
        }

        private void merge(Experimentation update) {
            if (update == null) return;
            experiment = true;
            if (update.start() != null) start = update.start();
            if (update.end() != null) end = update.end();
        }
    }

    private static final class Rule {
        private final String name;
        private String query;
        private String variation;
        private Map<String, Double> percentage;
        private Side initial;
        private Side end;
        private boolean progressive;
        private Boolean disable;

        Rule(RuleDefinition rule) {
            name = rule.name();
            query = rule.query();
            variation = rule.variation();
            percentage = rule.percentage() == null ? null : new LinkedHashMap<>(rule.percentage());
            progressive = rule.progressiveRollout() != null;
            if (progressive && rule.progressiveRollout().initial() != null)
                initial = new Side(rule.progressiveRollout().initial());
            if (progressive && rule.progressiveRollout().end() != null)
                end = new Side(rule.progressiveRollout().end());
            disable = rule.disable();
        }

        void merge(RuleDefinition update) {
            if (update.disable() != null) disable = update.disable();
            if (update.query() != null) query = update.query();
            if (update.variation() != null) variation = update.variation();
            if (update.progressiveRollout() != null) {
                progressive = true;
                if (update.progressiveRollout().initial() != null) {
                    if (initial == null) initial = new Side(new Stage(null, null, null));
                    initial.merge(update.progressiveRollout().initial());
                }
                if (update.progressiveRollout().end() != null) {
                    if (end == null) end = new Side(new Stage(null, null, null));
                    end.merge(update.progressiveRollout().end());
                }
            }
            if (update.percentage() != null) {
                if (percentage == null) percentage = new LinkedHashMap<>();
                for (Map.Entry<String, Double> share : update.percentage().entrySet()) {
                    if (share.getValue() >= 0) percentage.put(share.getKey(), share.getValue());
                    else
                        percentage.remove(share.getKey());
                }
            }
        }

        RuleDefinition build() {
            ProgressiveRollout rollout = new ProgressiveRollout(
                    initial == null ? null : initial.build(), end == null ? null : end.build());
            return new RuleDefinition(name, query, variation, percentage, progressive ? rollout : null, disable);
        }
    }

    private static final class Side {
        private String variation;
        private Double percentage;
        private OffsetDateTime date;

        Side(Stage stage) {
            merge(stage);
        }

        void merge(Stage update) {
            if (update.variation() != null) variation = update.variation();
            if (update.percentage() != null) percentage = update.percentage();
            if (update.date() != null) date = update.date();
        }

        Stage build() {
            return new Stage(variation, percentage, date);
        }
    }
}
