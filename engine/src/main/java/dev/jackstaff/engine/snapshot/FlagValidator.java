package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.flag.Compatibility.Defect;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import dev.jackstaff.engine.flag.MixedKeyMap;
import dev.jackstaff.engine.query.Queries;
import dev.jackstaff.engine.query.Queries.Finding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Judges a flag as GO Feature Flag does at load (`internal_flag.go`, `rule_validation.go`): the same checks in the same
/// order with the same texts, but all of them instead of the first. What the original leaves alone although it cannot be
/// meant becomes a warning.
final class FlagValidator {
    private final FlagDefinition flag;
    private final QueryCache queries;
    private final FlagProblems problems;
    private final Map<String, @Nullable Object> variations;

    private FlagValidator(FlagDefinition flag, QueryCache queries, FlagProblems problems) {
        this.flag = flag;
        this.queries = queries;
        this.problems = problems;
        this.variations = flag.variations() == null ? Map.of() : flag.variations();
    }

    static void check(FlagDefinition flag, QueryCache queries, Set<Defect> kept, FlagProblems problems) {
        FlagValidator validator = new FlagValidator(flag, queries, problems);
        validator.variations();
        validator.defaultRule();
        validator.targeting();
        if (!kept.contains(Defect.UNENCODABLE_VALUE)) validator.unencodable();
        validator.steps();
    }

    private void variations() {
        if (variations.isEmpty()) {
            problems.error("variations", "no variation available", "a flag needs at least one entry in \"variations\"");
            return;
        }
        variations.forEach((name, value) -> {
            if (value == null)
                problems.error("variations." + name, "nil value for variation: " + name, "give it a value");
        });
        Set<String> classes = new TreeSet<>();
        String odd = null;
        for (Map.Entry<String, @Nullable Object> variation : variations.entrySet()) {
            if (variation.getValue() == null) continue;
            if (classes.add(classOf(variation.getValue())) && classes.size() == 2) odd = variation.getKey();
        }
        if (odd != null)
            problems.error(
                    "variations." + odd,
                    "all variations should have the same type",
                    "they are of the types " + String.join(", ", classes));
    }

    /// Kinds that the original has no class for are one of their own here; there they fit beside any other or not, by
    /// chance.
    private static String classOf(Object value) {
        if (value instanceof Long || value instanceof Double) return "number";
        if (value instanceof String) return "string";
        if (value instanceof Boolean) return "boolean";
        if (value instanceof List) return "list";
        if (value instanceof Map) return "object";
        if (value instanceof OffsetDateTime) return "date";
        if (value instanceof BigInteger) return "integer beyond 64 bits";
        if (value instanceof MixedKeyMap) return "map with keys that are not strings";
        throw new IllegalArgumentException("a value of no kind: " + value.getClass());
    }

    private void defaultRule() {
        RuleDefinition rule = flag.defaultRule();
        if (rule == null) {
            problems.error("defaultRule", "missing default rule",
                    "it says what users get whom no targeting rule matches");
            return;
        }
        assigns("defaultRule", rule);
        assignment("defaultRule", rule);
    }

    private void targeting() {
        List<RuleDefinition> rules = flag.targeting();
        Set<String> names = new HashSet<>();
        for (int i = 0; rules != null && i < rules.size(); i++) {
            RuleDefinition rule = rules.get(i);
            String path = "targeting." + i;
            if (!Boolean.TRUE.equals(rule.disable())) {
                assigns(path, rule);
                query(path + ".query", rule.query());
                assignment(path, rule);
            }
            String name = rule.name();
            if (name != null && !name.isEmpty() && !names.add(name))
                problems.error(path + ".name", "duplicated rule name: " + name, "rule names are unique within a flag");
        }
    }

    private void assigns(String path, RuleDefinition rule) {
        if (rule.percentage() == null && rule.progressiveRollout() == null && rule.variation() == null)
            problems.error(
                    path,
                    "impossible to return value",
                    "a rule needs \"variation\", \"percentage\" or \"progressiveRollout\"");
    }

    private void query(String path, @Nullable String query) {
        if (query == null) {
            problems.error(path, "each targeting should have a query", "add \"query\"");
            return;
        }
        Queries.Compiled compiled = queries.compile(query);
        Finding error = compiled.error();
        if (error != null) problems.error(path, error);
        else
            findings(path, compiled);
    }

    private void findings(String path, Queries.Compiled compiled) {
        for (Finding finding : compiled.findings()) problems.warning(path, finding);
    }

    private void assignment(String path, RuleDefinition rule) {
        if (rule.percentage() != null) percentage(path + ".percentage", rule.percentage());
        if (rule.progressiveRollout() != null)
            rollout(path + ".progressiveRollout", rule.progressiveRollout());
        if (rule.percentage() == null && rule.progressiveRollout() == null && rule.variation() != null)
            if (!variations.containsKey(rule.variation()))
                problems.error(
                        path + ".variation",
                        "invalid variation: " + rule.variation() + " does not exist",
                        knownVariations());
    }

    private void percentage(String path, Map<String, Double> weights) {
        if (weights.isEmpty()) {
            problems.error(path, "invalid percentages: should not be empty", knownVariations());
            return;
        }
        double sum = 0;
        for (Map.Entry<String, Double> share : weights.entrySet()) {
            sum += share.getValue();
            if (!variations.containsKey(share.getKey()))
                problems.error(
                        path + "." + share.getKey(),
                        "invalid percentage: variation " + share.getKey() + " does not exist",
                        knownVariations());
            if (share.getValue() < 0)
                problems.warning(
                        path + "." + share.getKey(),
                        "negative percentage " + plain(share.getValue())
                                + " takes buckets from the variations beside it",
                        "a negative percentage has a meaning only in a scheduled step, where it removes the variation");
        }
        if (sum == 0)
            problems.error(path, "invalid percentages: should not be equal to 0", "at least one has to be above 0");
    }

    private void rollout(String path, ProgressiveRollout rollout) {
        Stage initial = rollout.initial(), end = rollout.end();
        // The original dereferences the absent side here, which ends its process.
        if (initial == null || end == null) {
            problems.error(
                    path,
                    "invalid progressive rollout, " + (initial == null ? "initial" : "end") + " is missing",
                    "it needs both \"initial\" and \"end\", each with \"variation\", \"percentage\" and \"date\"");
            return;
        }
        double from = initial.percentage() == null ? 0 : initial.percentage();
        double to = end.percentage() == null ? 0 : end.percentage();
        if (to < from)
            problems.error(
                    path,
                    "invalid progressive rollout, initial percentage should be lower than end percentage: "
                            + plain(from) + "/" + plain(to),
                    end.percentage() == null ? "the end percentage is absent, which counts as 0 here" : null);
        stageVariation(path, "end", end);
        stageVariation(path, "initial", initial);
        if (initial.date() == null || end.date() == null)
            problems.warning(
                    path,
                    "a progressive rollout without both dates fails every evaluation",
                    "give \"initial\" and \"end\" a \"date\"");
        else if (!end.date().isAfter(initial.date()))
            problems.warning(
                    path,
                    "a progressive rollout that does not end after it starts fails every evaluation",
                    "the date of \"end\" has to be later than that of \"initial\"");
    }

    private void stageVariation(String path, String side, Stage stage) {
        String variation = stage.variation() == null ? "" : stage.variation();
        if (!variations.containsKey(variation))
            problems.error(
                    path + "." + side + ".variation",
                    "invalid progressive rollout, " + side + " variation " + variation + " does not exist",
                    knownVariations());
    }

    /// Answers with such a value cannot be sent to anybody, so the flag is refused while it can still be found.
    private void unencodable() {
        for (JsonForm.Unencodable value : JsonForm.unencodable(flag))
            problems.error(
                    value.path(),
                    "value has no JSON form: " + value.message(),
                    "answers are JSON: use finite numbers, and maps whose keys are all strings");
    }

    /// The original checks nothing in here; a query that does not parse never matches, and a variation that does not exist
    /// is a null value.
    private void steps() {
        List<ScheduledStep> steps = flag.scheduledRollout();
        if (steps == null) return;
        Set<String> known = new TreeSet<>(variations.keySet());
        for (ScheduledStep step : steps) if (step.variations() != null) known.addAll(step.variations().keySet());
        for (int i = 0; i < steps.size(); i++) step("scheduledRollout." + i, steps.get(i), known);
    }

    private void step(String path, ScheduledStep step, Set<String> known) {
        List<RuleDefinition> rules = step.targeting();
        for (int i = 0; rules != null && i < rules.size(); i++) {
            RuleDefinition rule = rules.get(i);
            String rulePath = path + ".targeting." + i;
            if (rule.query() != null) stepQuery(rulePath + ".query", rule.query());
            stepVariations(rulePath, rule, known);
        }
        if (step.defaultRule() != null) stepVariations(path + ".defaultRule", step.defaultRule(), known);
        if (step.date() == null) problems.warning(path, "a step without a date is never due", "give it a \"date\"");
    }

    private void stepVariations(String path, RuleDefinition rule, Set<String> known) {
        if (rule.variation() != null) stepVariation(path + ".variation", rule.variation(), known);
        if (rule.percentage() != null)
            rule.percentage().forEach((name, share) -> {
                if (share > 0) stepVariation(path + ".percentage." + name, name, known);
            });
        ProgressiveRollout rollout = rule.progressiveRollout();
        if (rollout == null) return;
        if (rollout.initial() != null && rollout.initial().variation() != null)
            stepVariation(path + ".progressiveRollout.initial.variation", rollout.initial().variation(), known);
        if (rollout.end() != null && rollout.end().variation() != null)
            stepVariation(path + ".progressiveRollout.end.variation", rollout.end().variation(), known);
    }

    private void stepVariation(String path, String name, Set<String> known) {
        if (known.contains(name) || name.isEmpty()) return;
        problems.warning(
                path,
                "variation " + name + " does not exist: from this step on, users who get it get null",
                "the variations of the flag and its steps are " + String.join(", ", known));
    }

    private void stepQuery(String path, String query) {
        Queries.Compiled compiled = queries.compile(query);
        Finding error = compiled.error();
        if (error != null)
            problems.warning(
                    path,
                    new Finding(
                            error.offset(), error.message() + "; in a scheduled step it is not refused", error.hint()));
        else
            findings(path, compiled);
    }

    private String knownVariations() {
        return "the variations are " + String.join(", ", variations.keySet());
    }

    /// A number as Go prints it with `%v`.
    static String plain(double number) {
        if (!Double.isFinite(number)) return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        if (number == 0) return 1 / number < 0 ? "-0" : "0";
        BigDecimal shortest = new BigDecimal(Double.toString(number), MathContext.UNLIMITED).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 21) return shortest.toPlainString();
        String digits = shortest.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String sign = number < 0 ? "-" : "";
        String padded = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + padded;
    }
}
