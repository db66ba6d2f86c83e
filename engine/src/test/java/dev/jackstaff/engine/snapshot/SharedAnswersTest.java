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
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Answers are built once, when a flag is compiled: evaluating allocates nothing and threads share everything.
class SharedAnswersTest {
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
        long before = threads.getCurrentThreadAllocatedBytes();
        // The first reading allocates its own result.
        long overhead = threads.getCurrentThreadAllocatedBytes() - before;
        long start = threads.getCurrentThreadAllocatedBytes();
        int answers = evaluateAllKeys(10_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - start - overhead;
        assertThat(answers).isEqualTo(10_000 * KEYS.size());
        assertThat(allocated).isZero();
    }

    private static int evaluateAllKeys(int times) {
        int answers = 0;
        for (int i = 0; i < times; i++) {
            for (int k = 0; k < KEYS.size(); k++)
                if (SNAPSHOT.evaluate(KEYS.get(k), USER, WALL_CLOCK).as(ValueType.STRING) != null) answers++;
        }
        return answers;
    }

    /// D2: the original writes enrichment into the caller's attributes; two requests with one context race.
    @Test
    void threads_may_share_a_context_and_a_snapshot() throws Exception {
        int threads = 4;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Set<Evaluation>>> seen = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                seen.add(pool.submit(() -> {
                    Set<Evaluation> answers = Collections.newSetFromMap(new IdentityHashMap<>());
                    together.await();
                    for (int i = 0; i < 20_000; i++)
                        for (String key : KEYS) answers.add(SNAPSHOT.evaluate(key, USER, WALL_CLOCK));
                    return answers;
                }));
            }
            Set<Evaluation> alone = Collections.newSetFromMap(new IdentityHashMap<>());
            for (String key : KEYS) alone.add(SNAPSHOT.evaluate(key, USER, WALL_CLOCK));
            for (Future<Set<Evaluation>> answers : seen) assertThat(answers.get()).isEqualTo(alone);
        } finally {
            pool.shutdownNow();
        }
        assertThat(USER.attributes()).doesNotContainKey("env");
    }
}
