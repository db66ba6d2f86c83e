package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.bucket.Buckets;
import dev.jackstaff.engine.bucket.Ramp;
import dev.jackstaff.engine.bucket.Schedule;
import dev.jackstaff.engine.bucket.Split;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import dev.jackstaff.engine.query.Predicate;
import dev.jackstaff.engine.query.Queries;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Definition to [CompiledFlag]: every query compiled, every answer built, one plan for each date of a scheduled
/// rollout. Compiles the flags of one file one after the other and shares what they have in common; for one thread.
final class FlagCompiler {
    /// How many rules, and variations where a step changes some, all plans of a flag may have together. Steps that add up
    /// cost their square; a rollout beyond this is no rollout of a person's.
    private static final int MAX_PARTS = 1_000_000;
    /// The largest context for which counting steps is ever left out.
    private static final long LARGEST_UNMETERED = 1 << 20;

    private final CompileOptions options;
    private final QueryCache queries;
    private final Outcomes.Pool pool = new Outcomes.Pool();
    private final RampClock rampClock;

    FlagCompiler(CompileOptions options) {
        this.options = options;
        this.queries = new QueryCache(new Queries.Setting(options.enrichment(), options.compatibility()));
        this.rampClock = RampClock.of(options.enrichment());
    }

    /// What comes of one flag.
    ///
    /// @param flag null when the problems forbid it
    record Result(@Nullable CompiledFlag flag, List<Problem> problems) {}

    Result compile(FlagDefinition definition) {
        FlagProblems problems = new FlagProblems(definition, options.strict());
        FlagValidator.check(definition, queries, options.compatibility().kept(), problems);
        if (options.validate() && problems.invalid()) return new Result(null, problems.all());
        CompiledFlag flag = new OneFlag(definition, problems).compile();
        List<Problem> all = problems.all();
        return new Result(options.validate() && problems.invalid() ? null : flag, all);
    }

    /// One flag on its way.
    private final class OneFlag {
        private final FlagDefinition definition;
        private final FlagProblems problems;
        private final Outcomes outcomes;
        private final int seed;
        private final boolean stepsNeedKey;

        OneFlag(FlagDefinition definition, FlagProblems problems) {
            this.definition = definition;
            this.problems = problems;
            List<ScheduledStep> steps = definition.scheduledRollout();
            boolean changesWithTime = (steps != null && !steps.isEmpty()) || definition.experimentation() != null;
            this.outcomes = new Outcomes(definition, !changesWithTime, pool);
            this.seed = Buckets.seed(definition.key());
            this.stepsNeedKey = steps != null
                    && steps.stream().anyMatch(step -> FlagState.needsKey(step.targeting(), step.defaultRule()));
        }

        CompiledFlag compile() {
            List<ScheduledStep> steps = definition.scheduledRollout();
            if (steps != null) {
                List<JsonForm.Unencodable> obstacles = JsonForm.unencodable(definition);
                if (!obstacles.isEmpty()) return unusable(obstacles.get(0).message());
            }
            Map<Instant, List<ScheduledStep>> byDate = byDate(steps == null ? List.of() : steps);
            return byDate.isEmpty() ? unscheduled() : scheduled(byDate);
        }

        private CompiledFlag unscheduled() {
            Plan plan = new OnePlan(FlagState.of(definition), new IdentityHashMap<>()).compile();
            return flag(null, new Plan[]{plan}, null, null);
        }

        private CompiledFlag scheduled(Map<Instant, List<ScheduledStep>> byDate) {
            IdentityHashMap<RuleDefinition, CompiledRule> shared = new IdentityHashMap<>();
            FlagState state = FlagState.of(definition);
            Plan[] plans = new Plan[byDate.size() + 1];
            int[] stepsDue = new int[plans.length];
            long parts = 0;
            plans[0] = new OnePlan(state, shared).compile();
            int i = 0;
            for (List<ScheduledStep> steps : byDate.values()) {
                FlagState before = state;
                for (ScheduledStep step : steps) {
                    state = state.after(step);
                    parts += step.variations() == null ? 0 : state.variations().size();
                    parts += state.targeting().size();
                    if (parts > MAX_PARTS) return tooLarge();
                }
                if (state.sharesNoAnswersWith(before)) shared.clear();
                plans[++i] = new OnePlan(state, shared).compile();
                stepsDue[i] = stepsDue[i - 1] + steps.size();
            }
            return flag(Schedule.of(List.copyOf(byDate.keySet())), plans, stepsDue, null);
        }

        private CompiledFlag tooLarge() {
            String message = "the scheduled rollout is too large: with each step the flag has rules and variations, "
                    + "and over all steps they are more than " + MAX_PARTS;
            problems.error(
                    "scheduledRollout", message,
                    "use fewer steps, or name rules so that steps change them and add none");
            return unusable(message);
        }

        private CompiledFlag unusable(String details) {
            return flag(null, new Plan[0], null, outcomes.failure(details));
        }

        private CompiledFlag flag(
                @Nullable Schedule schedule,
                Plan[] plans,
                int @Nullable [] stepsDue,
                @Nullable Evaluation unusable) {
            boolean clean = problems.all().isEmpty();
            return new CompiledFlag(definition, clean, schedule, plans, stepsDue, unusable, rampClock);
        }

        /// The steps that are ever due, in order of date; those of the same date stay in file order.
        private static Map<Instant, List<ScheduledStep>> byDate(List<ScheduledStep> steps) {
            Map<Instant, List<ScheduledStep>> byDate = new TreeMap<>();
            for (ScheduledStep step : steps) {
                if (step.date() == null) continue;
                byDate.computeIfAbsent(step.date().toInstant(), date -> new ArrayList<>()).add(step);
            }
            return byDate;
        }

        /// One plan on its way.
        private final class OnePlan {
            private final FlagState state;
            private final IdentityHashMap<RuleDefinition, CompiledRule> shared;

            /// @param shared rules compiled for earlier plans that are the same in this one
            OnePlan(FlagState state, IdentityHashMap<RuleDefinition, CompiledRule> shared) {
                this.state = state;
                this.shared = shared;
            }

            Plan compile() {
                CompiledRule[] rules = new CompiledRule[state.targeting().size()];
                for (int i = 0; i < rules.length; i++)
                    rules[i] = shared.computeIfAbsent(state.targeting().get(i), this::targetingRule);
                Experiment experiment = Experiment.of(state.experimentation());
                boolean needsKey = state.needsKey();
                boolean mayLackKey = needsKey && "".equals(definition.bucketingKey());
                return new Plan(
                        BucketingKey.of(
                                definition.bucketingKey(), needsKey || stepsNeedKey, options.enrichment(), outcomes),
                        state.disabled(),
                        experiment,
                        state.disabled() || experiment != null ? outcomes.disabled() : null,
                        rules,
                        defaultRule(),
                        mayLackKey ? badConfiguration("evaluate Rule: no key for bucketing-required rule") : null,
                        outcomes.failure("the queries of the flag take more than " + options.fuel()
                                + " steps on this context; evaluation was stopped"),
                        options.fuel(),
                        unmeteredSize(rules));
            }

            private CompiledRule targetingRule(RuleDefinition rule) {
                boolean disabled = Boolean.TRUE.equals(rule.disable());
                Predicate predicate = disabled ? Unconditional.NEVER : queries.predicate(rule.query());
                Reason reason = isDynamic(rule) ? Reason.TARGETING_MATCH_SPLIT : Reason.TARGETING_MATCH;
                String name = rule.name();
                Map<String, @Nullable Object> metadata =
                        name == null || name.isEmpty() ? state.metadata() : pool.metadata(state.metadata(), name);
                return new CompiledRule(
                        name,
                        rule.query(),
                        disabled,
                        FlagState.needsKey(rule),
                        predicate,
                        assignment(rule, reason, metadata));
            }

            private CompiledRule defaultRule() {
                RuleDefinition rule = state.defaultRule();
                if (rule == null) {
                    Assignment none =
                            new Assignment.Missing("none", badConfiguration("no default targeting for the flag"));
                    return new CompiledRule(null, null, false, false, Unconditional.ALWAYS, none);
                }
                Reason fixed = state.targeting().isEmpty() ? Reason.STATIC : Reason.DEFAULT;
                return new CompiledRule(
                        rule.name(),
                        null,
                        false,
                        FlagState.needsKey(rule),
                        Unconditional.ALWAYS,
                        assignment(rule, isDynamic(rule) ? Reason.SPLIT : fixed, state.metadata()));
            }

            private Assignment assignment(RuleDefinition rule, Reason reason, Map<String, @Nullable Object> metadata) {
                if (rule.progressiveRollout() != null) return progressive(rule.progressiveRollout(), reason, metadata);
                if (rule.percentage() != null && !rule.percentage().isEmpty())
                    return percentage(rule.percentage(), reason, metadata);
                if (rule.variation() != null)
                    return new Assignment.Fixed(answer(rule.variation(), reason, metadata, true));
                return new Assignment.Missing(
                        "none",
                        badConfiguration("error in the configuration, no variation available for this rule"));
            }

            private Assignment percentage(
                    Map<String, Double> weights, Reason reason, Map<String, @Nullable Object> metadata) {
                Split split = Split.of(weights);
                Evaluation[] answers = new Evaluation[weights.size()];
                for (int i = 0; i < answers.length; i++)
                    answers[i] = answer(split.variations().get(i), reason, metadata, true);
                Evaluation nobody =
                        split.isComplete() ? null : badConfiguration("impossible to find the variation");
                return new Assignment.Percentage(seed, split, answers, nobody);
            }

            private Assignment progressive(
                    ProgressiveRollout rollout, Reason reason, Map<String, @Nullable Object> metadata) {
                Stage initial = rollout.initial(), end = rollout.end();
                if (initial != null && initial.variation() != null && end != null && end.variation() != null) {
                    Ramp ramp = Ramp.of(
                            instant(initial.date()), initial.percentage(), instant(end.date()), end.percentage());
                    if (ramp != null)
                        return new Assignment.Progressive(
                                seed,
                                ramp,
                                answer(initial.variation(), reason, metadata, false),
                                answer(end.variation(), reason, metadata, false));
                }
                return new Assignment.Missing(
                        "progressiveRollout",
                        badConfiguration("error in the progressive rollout, missing params"));
            }

            /// A variation that does not exist is a null value under its name, and no error.
            private Evaluation answer(
                    String variation, Reason reason, Map<String, @Nullable Object> metadata, boolean permanent) {
                Object value = state.variations().get(variation);
                return outcomes.variation(variation, value, reason, metadata, permanent);
            }

            private Evaluation badConfiguration(String details) {
                return outcomes.badConfiguration(details, state.metadata());
            }
        }
    }

    /// Whether users the rule matches get different variations. A split that gives one of them 100 does not count,
    /// whatever else is in it.
    private static boolean isDynamic(RuleDefinition rule) {
        if (rule.progressiveRollout() != null) return true;
        Map<String, Double> weights = rule.percentage();
        return weights != null && !weights.isEmpty() && !weights.containsValue(100d);
    }

    private long unmeteredSize(CompiledRule[] rules) {
        for (long size = LARGEST_UNMETERED; size > 0; size /= 4)
            if (stepBound(rules, size) <= options.fuel()) return size;
        return -1;
    }

    private static long stepBound(CompiledRule[] rules, long size) {
        long sum = 0;
        for (CompiledRule rule : rules) {
            sum += rule.predicate().stepBound(size);
            if (sum < 0) return Long.MAX_VALUE;
        }
        return sum;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime date) {
        return date == null ? null : date.toInstant();
    }
}
