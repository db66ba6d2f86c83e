package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.FlagBuilder.changes;
import static dev.jackstaff.engine.snapshot.FlagBuilder.flag;
import static dev.jackstaff.engine.snapshot.RuleBuilder.rule;
import static dev.jackstaff.engine.snapshot.RuleBuilder.stage;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Flags and users from a seed. Mostly valid, of every shape, and small enough that rules, steps and users meet often.
final class RandomFlags {
    private static final List<String> VARIATIONS = List.of("A", "B", "C", "é");
    private static final List<String> RULE_NAMES = List.of("", "r1", "r2", "r3");

    private final Random random;

    RandomFlags(long seed) {
        random = new Random(seed);
    }

    /// A flag of any shape.
    FlagBuilder any(String key) {
        FlagBuilder flag = base(key);
        if (one(3)) for (int i = random.nextInt(4); i >= 0; i--) flag.step(one(6) ? null : date(), step());
        if (one(6)) flag.experimentation(one(2) ? date() : null, one(2) ? date() : null);
        if (one(8)) flag.disable(random.nextBoolean());
        if (one(6)) flag.bucketingKey(List.of("", "team", "co.id", "a").get(random.nextInt(4)));
        if (one(6)) flag.version("v" + random.nextInt(3));
        if (one(6)) flag.trackEvents(random.nextBoolean());
        return flag;
    }

    /// A flag with at least one step, whose users all have a key.
    FlagBuilder scheduled(String key) {
        FlagBuilder flag = base(key);
        for (int i = random.nextInt(6); i >= 0; i--) flag.step(one(8) ? null : date(), step());
        if (one(6)) flag.experimentation(one(2) ? date() : null, one(2) ? date() : null);
        if (one(8)) flag.disable(true);
        return flag;
    }

    private FlagBuilder base(String key) {
        FlagBuilder flag = flag(key);
        for (String name : VARIATIONS) flag.variation(name, name + random.nextInt(3));
        if (!one(3)) flag.targeting(rules(random.nextInt(4)));
        if (one(3)) flag.metadata("m", "metadata " + random.nextInt(3));
        return flag.defaultRule(assigning(rule()));
    }

    private FlagBuilder step() {
        FlagBuilder changes = changes();
        if (one(2)) changes.targeting(rules(random.nextInt(3)));
        if (one(3)) changes.defaultRule(changing(rule()));
        if (one(4)) changes.variation(variation(), "new" + random.nextInt(3));
        if (one(6)) changes.disable(random.nextBoolean());
        if (one(6)) changes.experimentation(one(2) ? date() : null, one(2) ? date() : null);
        if (one(6)) changes.version("next").trackEvents(false).metadata("m", "of the step");
        return changes;
    }

    private List<RuleBuilder> rules(int count) {
        List<RuleBuilder> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RuleBuilder rule = changing(rule()).query(query());
            if (!one(3)) rule.named(RULE_NAMES.get(random.nextInt(RULE_NAMES.size())));
            if (one(5)) rule.disable(random.nextBoolean());
            rules.add(rule);
        }
        return rules;
    }

    private RuleBuilder changing(RuleBuilder rule) {
        return one(4) ? rule : assigning(rule);
    }

    private RuleBuilder assigning(RuleBuilder rule) {
        if (one(6)) {
            boolean whole = !one(4);
            rule.progressive(
                    whole || one(2) ? stage(variation(), (double) random.nextInt(50), date()) : null,
                    whole || one(2) ? stage(variation(), 50.0 + random.nextInt(51), date()) : null);
        }
        if (one(3)) {
            Object[] shares = new Object[2 * (1 + random.nextInt(3))];
            for (int i = 0; i < shares.length; i += 2) {
                shares[i] = VARIATIONS.get((i / 2 + random.nextInt(2)) % VARIATIONS.size());
                shares[i + 1] = one(8) ? -1 : random.nextInt(101);
            }
            rule.percentage(shares);
        }
        return one(5) ? rule : rule.variation(variation());
    }

    private String variation() {
        return one(20) ? "unknown" : VARIATIONS.get(random.nextInt(VARIATIONS.size()));
    }

    private String query() {
        return "a eq " + random.nextInt(4);
    }

    /// One of the first twenty days of 2024, so that dates coincide now and then.
    String date() {
        return "2024-01-%02dT00:00:00Z".formatted(1 + random.nextInt(20));
    }

    Instant now() {
        return Instant.parse(date()).plusNanos(random.nextInt(3) - 1);
    }

    EvaluationContext user() {
        String key = "user-" + random.nextInt(50);
        return Asked.user(
                one(8) ? "" : key, "a", random.nextInt(4), "team", one(4) ? "" : key, "co",
                Map.of("id", one(4) ? 7 : key));
    }

    /// A user with a key, as flags that bucket need.
    EvaluationContext userWithKey() {
        return Asked.user("user-" + random.nextInt(50), "a", random.nextInt(4));
    }

    boolean one(int in) {
        return random.nextInt(in) == 0;
    }
}
