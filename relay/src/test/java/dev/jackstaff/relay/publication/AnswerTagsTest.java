package dev.jackstaff.relay.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.relay.TestFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTagsTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final int REQUESTS = 20_000;

    private final AnswerTags tags = new AnswerTags(now -> now.plusSeconds(10));
    private final AtomicInteger workedOut = new AtomicInteger();

    @Test
    void who_has_the_answer_is_told_so_without_working_it_out() {
        String etag = ask("q", null, NOW).etag();
        assertThat(ask("q", etag, NOW.plusSeconds(9))).isEqualTo(new Tagged(null, etag));
        assertThat(ask("q", "W/" + etag, NOW)).isEqualTo(new Tagged(null, etag));
        assertThat(workedOut).hasValue(1);
    }

    @Test
    void whoever_has_it_not_or_asks_something_else_gets_the_whole_answer() {
        String etag = ask("q", null, NOW).etag();
        for (String other : new String[]{null, "", "*", "\"0-0\"", etag + ", \"x\"", "w/" + etag, "W/W/" + etag})
            assertThat(ask("q", other, NOW).body()).as(other).isNotNull();
        assertThat(ask("q2", etag, NOW).body()).isNotNull();
        assertThat(answer(tags, Question.of(body("q"), true), etag, NOW, () -> body("{\n}\n")).body()).isNotNull();
    }

    @Test
    void an_answer_is_worked_out_again_when_time_may_have_changed_it_and_when_the_clock_was_set_back() {
        String etag = ask("q", null, NOW).etag();
        assertThat(ask("q", etag, NOW.plusSeconds(10)).body()).isNotNull();
        assertThat(ask("q", etag, NOW).body()).isNotNull();
    }

    @Test
    void however_many_ask_the_places_stay_as_many_as_they_are() {
        for (int i = 0; i < 100_000; i++) ask("q" + i, null, NOW);
        int known = workedOut.get();
        for (int i = 0; i < 100_000; i++) ask("q" + i, body("answer to q" + i).etag(), NOW);
        assertThat(workedOut.get() - known).isBetween(100_000 - (1 << 14), 100_000);
    }

    private Tagged ask(String question, String ifNoneMatch, Instant now) {
        return answer(tags, Question.of(body(question), false), ifNoneMatch, now, () -> {
            workedOut.incrementAndGet();
            return body("answer to " + question);
        });
    }

    private static Tagged answer(
            AnswerTags tags, Question question, String ifNoneMatch, Instant now, Supplier<Body> body) {
        Tagged known = tags.known(question, ifNoneMatch, now);
        return known == null ? tags.keep(question, now, body.get()) : known;
    }

    private static Body body(String text) {
        return Body.adopting(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void unchanged_is_only_said_when_evaluating_now_gives_the_same_bytes(long seed) {
        Traffic traffic = traffic(seed, AnswerTagsTest::ofItsSnapshot);
        assertThat(traffic.wrong).isZero();
        assertThat(traffic.unchanged).as("requests that were told 'unchanged'").isGreaterThan(REQUESTS / 10);
    }

    @Test
    void tags_that_forget_that_time_changes_answers_are_found_out() {
        assertThat(traffic(1, _ -> new AnswerTags(_ -> Instant.MAX)).wrong).isPositive();
    }

    @Test
    void tags_that_outlive_their_snapshot_are_found_out() {
        AnswerTags forAll = new AnswerTags(now -> now.plusSeconds(1));
        assertThat(traffic(1, _ -> forAll).wrong).isPositive();
    }

    private static AnswerTags ofItsSnapshot(Snapshot snapshot) {
        return Publication.of(snapshot, null, NOW).answerTags();
    }

    private record Traffic(int unchanged, int wrong) {}

    /// Clients that repeat their questions with the tags they got, while the flags are edited and the clock moves.
    private static Traffic traffic(long seed, Function<Snapshot, AnswerTags> tagsOf) {
        Random random = new Random(seed);
        Map<String, String> known = new HashMap<>();
        Snapshot snapshot = TestFlags.yaml(flags(random));
        AnswerTags tags = tagsOf.apply(snapshot);
        Instant now = NOW;
        int unchanged = 0, wrong = 0;
        for (int i = 0; i < REQUESTS; i++) {
            if (random.nextInt(500) == 0) {
                snapshot = TestFlags.yaml(flags(random));
                tags = tagsOf.apply(snapshot);
            }
            if (random.nextInt(50) == 0) now = now.plusMillis(random.nextInt(4_000) - 1_000);
            String question = "user-" + random.nextInt(20);
            Snapshot current = snapshot;
            Instant moment = now;
            Tagged answer = answer(tags, Question.of(body(question), false), known.get(question), now,
                    () -> evaluated(current, question, moment));
            known.put(question, answer.etag());
            if (answer.body() != null) continue;
            unchanged++;
            if (!answer.etag().equals(evaluated(current, question, now).etag())) wrong++;
        }
        return new Traffic(unchanged, wrong);
    }

    /// Dates within the minutes that the clock of the test passes through.
    private static String flags(Random random) {
        return """
                static: {variations: {a: %d}, defaultRule: {variation: a}}
                step: {variations: {a: 1, b: 2}, defaultRule: {variation: a}, scheduledRollout: [{date: %s, defaultRule: {variation: b}}]}
                trial: {variations: {a: 1}, defaultRule: {variation: a}, experimentation: {start: %s, end: %s}}
                ramp: {variations: {a: 1, b: 2}, defaultRule: {progressiveRollout: {initial: {variation: a, percentage: 0, date: %s}, end: {variation: b, percentage: 100, date: %s}}}}
                """.formatted(random.nextInt(3), date(random, 0), date(random, 0), date(random, 100), date(random, 0),
                date(random, 200));
    }

    private static Instant date(Random random, int from) {
        return NOW.plusMillis(1000L * from + random.nextInt(200_000));
    }

    private static Body evaluated(Snapshot snapshot, String user, Instant now) {
        return JsonWriter.write(false, json -> {
            json.beginObject();
            snapshot.evaluateAll(EvaluationContext.of(user, Map.of()), now, (key, evaluation) -> {
                try {
                    json.name(key).value(evaluation.variation() + evaluation.reason());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            json.endObject();
        });
    }
}
