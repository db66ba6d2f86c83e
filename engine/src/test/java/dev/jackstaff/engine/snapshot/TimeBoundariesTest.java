package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.FlagBuilder.changes;
import static dev.jackstaff.engine.snapshot.RuleBuilder.rule;
import static dev.jackstaff.engine.snapshot.RuleBuilder.stage;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.FlagDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeBoundariesTest {
    private static final int QUESTIONS = 20_000;

    @Test
    void a_snapshot_without_dates_never_changes() {
        assertThat(until("2024-01-01T00:00:00Z", ab("f").defaultRule(to("A")))).isEqualTo(Instant.MAX);
    }

    @Test
    void a_step_changes_answers_at_its_date() {
        FlagBuilder flag = ab("f").defaultRule(to("A")).step("2024-01-02T00:00:00Z", changes().disable(true));
        assertThat(until("2024-01-01T00:00:00Z", flag)).isEqualTo("2024-01-02T00:00:00Z");
        assertThat(until("2024-01-02T00:00:00Z", flag)).isEqualTo(Instant.MAX);
    }

    @Test
    void an_experiment_ends_after_its_last_instant() {
        FlagBuilder flag =
                ab("f").defaultRule(to("A")).experimentation("2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z");
        assertThat(until("2024-01-01T00:00:00Z", flag)).isEqualTo("2024-01-02T00:00:00Z");
        assertThat(until("2024-01-02T00:00:00Z", flag)).isEqualTo("2024-01-03T00:00:00.000000001Z");
    }

    @Test
    void a_ramp_can_change_answers_every_second_while_it_is_under_way() {
        FlagBuilder flag = ab("f").defaultRule(rule().progressive(
                stage("A", 0.0, "2024-01-02T00:00:00.5Z"), stage("B", 100.0, "2024-01-02T00:00:02.2Z")));
        assertThat(until("2024-01-01T00:00:00Z", flag)).isEqualTo("2024-01-02T00:00:00.5Z");
        assertThat(until("2024-01-02T00:00:00.5Z", flag)).isEqualTo("2024-01-02T00:00:01Z");
        assertThat(until("2024-01-02T00:00:01Z", flag)).isEqualTo("2024-01-02T00:00:02Z");
        assertThat(until("2024-01-02T00:00:02Z", flag)).isEqualTo("2024-01-02T00:00:02.200Z");
        assertThat(until("2024-01-02T00:00:02.2Z", flag)).isEqualTo(Instant.MAX);
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void no_answer_changes_before_the_boundary(long seed) {
        assertThat(answersThatChangedEarly(seed, Snapshot::sameUntil)).isZero();
    }

    /// What the test above would see if a kind of date were forgotten: here those of ramps.
    @Test
    void a_boundary_that_forgets_ramps_is_found_out() {
        assertThat(answersThatChangedEarly(1, (snapshot, now) -> {
            Instant next = snapshot.sameUntil(now);
            return next.equals(next.truncatedTo(ChronoUnit.SECONDS))
                    && Duration.between(now, next).compareTo(Duration.ofSeconds(1)) <= 0
                            ? now.plusSeconds(60)
                            : next;
        })).isPositive();
    }

    @Test
    void a_boundary_that_is_a_nanosecond_late_is_found_out() {
        assertThat(answersThatChangedEarly(1, (snapshot, now) -> {
            Instant next = snapshot.sameUntil(now);
            return next.equals(Instant.MAX) ? next : next.plusNanos(1);
        })).isPositive();
    }

    /// How often a user's answers at a moment before the boundary are others than now.
    private static long answersThatChangedEarly(long seed, BiFunction<Snapshot, Instant, Instant> boundary) {
        RandomFlags random = new RandomFlags(seed);
        Random moments = new Random(seed);
        long changed = 0;
        Snapshot snapshot = Snapshot.empty(CompileOptions.DEFAULT);
        for (int i = 0; i < QUESTIONS; i++) {
            if (i % 100 == 0) snapshot = snapshot(random);
            EvaluationContext user = random.user();
            Instant now = moments.nextBoolean() ? random.now() : random.now().plusMillis(moments.nextInt(86_400_000));
            Instant until = boundary.apply(snapshot, now);
            long nanos = until.equals(Instant.MAX)
                    ? Duration.ofDays(30).toNanos()
                    : Duration.between(now, until).toNanos();
            Instant later = now.plusNanos(moments.nextBoolean() ? nanos - 1 : moments.nextLong(nanos));
            if (!answers(snapshot, user, now).equals(answers(snapshot, user, later))) changed++;
        }
        return changed;
    }

    private static Snapshot snapshot(RandomFlags random) {
        FlagDefinition[] flags = new FlagDefinition[4];
        for (int i = 0; i < flags.length; i++) flags[i] = random.any("flag-" + i).build();
        return Asked.compiled(Asked.AS_WRITTEN, flags);
    }

    private static Map<String, String> answers(Snapshot snapshot, EvaluationContext user, Instant now) {
        Map<String, String> answers = new TreeMap<>();
        snapshot.evaluateAll(user, now, (key, evaluation) -> answers.put(key, evaluation.variation()
                + evaluation.reason() + evaluation.anyOr("") + evaluation.errorDetails() + evaluation.metadata()));
        return answers;
    }

    private static Instant until(String now, FlagBuilder flag) {
        return Asked.compiled(Asked.AS_WRITTEN, flag.build()).sameUntil(Instant.parse(now));
    }
}
