package dev.jackstaff.relay.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.TestFlags;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AnswerTextsTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final Evaluation ON = answer("on"), OFF = answer("off");

    private final AtomicInteger written = new AtomicInteger();
    private final AnswerTexts.Form form = (json, key, evaluation) -> {
        written.incrementAndGet();
        json.value(key + "=" + evaluation.variation());
    };
    private final AnswerTexts texts = new AnswerTexts(1);

    @Test
    void an_answer_is_written_once() {
        Body first = texts.of(form, "a", ON);
        assertThat(text(first)).isEqualTo("\"a=on\"\n");
        assertThat(texts.of(form, new String("a"), ON)).isSameAs(first);
        assertThat(written).hasValue(1);
    }

    @Test
    void another_flag_answer_or_form_is_another_text() {
        texts.of(form, "a", ON);
        assertThat(text(texts.of(form, "b", ON))).isEqualTo("\"b=on\"\n");
        assertThat(text(texts.of(form, "a", OFF))).isEqualTo("\"a=off\"\n");
        assertThat(text(texts.of((json, key, _) -> json.value(key), "a", ON))).isEqualTo("\"a\"\n");
        assertThat(written).hasValue(3);
    }

    @Test
    void a_long_text_is_written_each_time() {
        Evaluation large = answer("v".repeat(2_048));
        assertThat(text(texts.of(form, "a", large))).isEqualTo(text(texts.of(form, "a", large)));
        assertThat(written).hasValue(2);
    }

    @Test
    void more_answers_than_places_are_all_answered_right() {
        List<Evaluation> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) answers.add(answer("variation-" + i));
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            Evaluation answer = answers.get(random.nextInt(answers.size()));
            String key = "flag-" + random.nextInt(3);
            assertThat(text(texts.of(form, key, answer))).isEqualTo("\"" + key + "=" + answer.variation() + "\"\n");
        }
        assertThat(written).hasValueBetween(300, 10_000);
    }

    @Test
    void flags_that_are_called_alike_and_share_their_answer_have_places_of_their_own() {
        for (int time = 0; time < 20; time++) {
            Evaluation shared = answer("on");
            AnswerTexts many = new AnswerTexts(100);
            for (int asked = 0; asked < 2; asked++)
                for (int flag = 0; flag < 100; flag++) many.of(form, "flag-" + flag, shared);
        }
        assertThat(written).hasValue(20 * 100);
    }

    @Test
    void answers_of_flags_are_shared_objects_so_asking_again_writes_nothing() {
        Snapshot snapshot = TestFlags.yaml("""
                split: {variations: {a: 1, b: 2}, defaultRule: {percentage: {a: 50, b: 50}}}
                named: {variations: {a: 1, b: 2}, targeting: [{name: n, query: x eq 1, variation: b}], defaultRule: {variation: a}}
                off: {disable: true, variations: {a: 1, b: 2}, defaultRule: {variation: a}}
                ramp: {variations: {a: 1, b: 2}, defaultRule: {progressiveRollout: {initial: {variation: a, percentage: 0, date: 2023-01-01T00:00:00Z}, end: {variation: b, percentage: 100, date: 2025-01-01T00:00:00Z}}}}
                """);
        AnswerTexts all = Publication.of(snapshot, null, NOW).answerTexts();
        Supplier<List<Body>> everybody = () -> {
            List<Body> bodies = new ArrayList<>();
            for (int user = 0; user < 200; user++)
                snapshot.evaluateAll(EvaluationContext.of("user-" + user, Map.of("x", user % 2)), NOW,
                        (key, evaluation) -> bodies.add(all.of(form, key, evaluation)));
            return bodies;
        };
        List<Body> first = everybody.get();
        int known = written.get();
        assertThat(known).isLessThan(10);
        assertThat(everybody.get()).isEqualTo(first);
        assertThat(written).hasValue(known);
        assertThat(Collections.frequency(first, first.getFirst())).isGreaterThan(1);
    }

    private static Evaluation answer(String variation) {
        return Evaluation.builder().variation(variation, true, Reason.STATIC).build();
    }

    private static String text(Body body) {
        return new String(body.copy(), StandardCharsets.UTF_8);
    }
}
