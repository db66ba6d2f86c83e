package dev.jackstaff.engine.snapshot;

import static dev.jackstaff.engine.snapshot.Asked.WALL_CLOCK;
import static dev.jackstaff.engine.snapshot.Asked.nobody;
import static dev.jackstaff.engine.snapshot.Asked.user;
import static dev.jackstaff.engine.snapshot.FlagBuilder.ab;
import static dev.jackstaff.engine.snapshot.RuleBuilder.ramp;
import static dev.jackstaff.engine.snapshot.RuleBuilder.split;
import static dev.jackstaff.engine.snapshot.RuleBuilder.to;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.ValueType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Answers are built once, when a flag is compiled: evaluating allocates nothing and threads share everything.
class SharedAnswersTest {
    private static final int THREADS = 4;

    private static final Snapshot SNAPSHOT = Asked.compiled(
            CompileOptions.DEFAULT.withEnrichment(Map.of("env", "prod")),
            ab("static").defaultRule(to("A")).build(),
            ab("same").defaultRule(to("A")).build(),
            ab("off").defaultRule(to("A")).disable(true).build(),
            ab("documented").defaultRule(to("A")).metadata("owner", "me").build(),
            ab("split").defaultRule(split("A", 50, "B", 50)).build(),
            ab("ramp").defaultRule(ramp()).build(),
            ab("by-team").bucketingKey("company.team").defaultRule(split("A", 50, "B", 50)).build(),
            ab("targeted").targeting(
                    to("A").query("country eq \"FR\""),
                    to("A").query("age gt 60"),
                    to("A").query("plan in [\"basic\",\"free\"]"),
                    to("A").query("version gt 3.0.0"),
                    to("B").named("last").query("company.size ge 10 and env eq \"prod\""))
                    .defaultRule(to("A"))
                    .build(),
            ab("scheduled").defaultRule(to("A"))
                    .step("2024-01-01T00:00:00Z", FlagBuilder.changes().defaultRule(to("B")))
                    .step("2999-01-01T00:00:00Z", FlagBuilder.changes().disable(true))
                    .build());

    private static final EvaluationContext USER = user(
            "user-1",
            "country", "DE", "age", 42, "plan", "pro", "version", "2.1.0",
            "company", Map.of("team", "user-2", "size", 50L));

    private static final EvaluationContext OTHER = user("user-2", "country", "FR", "company", Map.of("team", "user-1"));

    private static final List<String> KEYS = List.copyOf(SNAPSHOT.definitions().keySet());

    @Test
    void the_same_question_gets_the_same_object() {
        for (String key : KEYS) {
            Evaluation first = SNAPSHOT.evaluate(key, USER, WALL_CLOCK);
            assertThat(SNAPSHOT.evaluate(key, USER, WALL_CLOCK)).isSameAs(first);
            assertThat(SNAPSHOT.evaluate(key, nobody(), WALL_CLOCK).as(ValueType.LIST))
                    .isSameAs(SNAPSHOT.evaluate(key, nobody(), WALL_CLOCK).as(ValueType.OBJECT));
        }
    }

    @Test
    void flags_with_equal_answers_share_them() {
        assertThat(SNAPSHOT.evaluate("static", USER, WALL_CLOCK)).isSameAs(SNAPSHOT.evaluate("same", USER, WALL_CLOCK));
        assertThat(SNAPSHOT.evaluate("documented", USER, WALL_CLOCK))
                .isNotSameAs(SNAPSHOT.evaluate("static", USER, WALL_CLOCK));
    }

    @Test
    void evaluating_allocates_nothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        evaluateAllKeys(20_000);
        // The least of several readings: what the JVM itself puts on the thread comes and goes, an allocation stays.
        long least = Long.MAX_VALUE;
        for (int reading = 0; reading < 10 && least > 0; reading++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            int answers = evaluateAllKeys(2_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - start);
            assertThat(answers).isEqualTo(2_000 * KEYS.size());
        }
        assertThat(least).isZero();
    }

    private static int evaluateAllKeys(int times) {
        int answers = 0;
        for (int i = 0; i < times; i++) {
            for (int k = 0; k < KEYS.size(); k++)
                if (SNAPSHOT.evaluate(KEYS.get(k), USER, WALL_CLOCK).as(ValueType.STRING) != null) answers++;
        }
        return answers;
    }

    /// E-D2: the original writes enrichment into the caller's attributes; two requests with one context race.
    @Test
    void threads_may_share_a_context_and_a_snapshot() throws Exception {
        assertThat(answersThatDependOnOtherThreads(SNAPSHOT::evaluate, 5_000)).isZero();
        assertThat(USER.attributes()).doesNotContainKey("env");
    }

    /// What the test above would see if evaluating kept anything of one call for the next. All threads have written when
    /// the first one reads, so it does not take luck.
    @Test
    void a_planted_shared_state_is_found() throws Exception {
        AtomicReference<EvaluationContext> last = new AtomicReference<>(USER);
        CyclicBarrier written = new CyclicBarrier(THREADS);
        CyclicBarrier read = new CyclicBarrier(THREADS);
        Asker planted = (key, context, now) -> {
            last.set(context);
            written.await();
            Evaluation answer = SNAPSHOT.evaluate(key, last.get(), now);
            read.await();
            return answer;
        };
        assertThat(answersThatDependOnOtherThreads(planted, 1)).isPositive();
    }

    private interface Asker {
        Evaluation ask(String key, EvaluationContext context, Instant now) throws Exception;
    }

    /// Two threads ask for one user, two for another; each answer has to be the one its user gets alone.
    private static int answersThatDependOnOtherThreads(Asker asker, int rounds) throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> strangers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                EvaluationContext own = t % 2 == 0 ? USER : OTHER;
                strangers.add(pool.submit(() -> {
                    List<Evaluation> alone = new ArrayList<>();
                    for (String key : KEYS) alone.add(SNAPSHOT.evaluate(key, own, WALL_CLOCK));
                    together.await();
                    int others = 0;
                    for (int i = 0; i < rounds * KEYS.size(); i++) {
                        int k = i % KEYS.size();
                        if (asker.ask(KEYS.get(k), own, WALL_CLOCK) != alone.get(k)) others++;
                    }
                    return others;
                }));
            }
            int sum = 0;
            for (Future<Integer> others : strangers) sum += others.get();
            return sum;
        } finally {
            pool.shutdownNow();
        }
    }
}
