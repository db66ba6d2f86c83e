package dev.jackstaff.verify.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedFlagsTest {
    private static final int COUNT = 2_000;

    @Test
    void they_are_about_800_bytes_of_yaml_each_and_the_same_flags_in_json() {
        FlagText yaml = GeneratedFlags.text(Syntax.YAML, COUNT);
        assertThat(yaml.bytes().length / (double) COUNT).isCloseTo(800, within(80.0));
        Snapshot fromYaml = yaml.compile();
        assertThat(fromYaml.definitions()).hasSize(COUNT);
        Snapshot fromJson = GeneratedFlags.text(Syntax.JSON, COUNT).compile();
        EvaluationContext user = EvaluationContext.of("u", Map.of("country", "FR", "plan", "pro", "age", 30));
        assertThat(answers(fromJson, user)).isEqualTo(answers(fromYaml, user));
    }

    @Test
    void they_are_of_every_kind() {
        Snapshot snapshot = GeneratedFlags.text(Syntax.YAML, 100).compile();
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (String country : List.of("FR", "DE", "ES", "US")) {
            EvaluationContext user = EvaluationContext.of("u", Map.of("country", country, "plan", "pro", "age", 60,
                    "appVersion", "4.3.0", "account", "account-3"));
            snapshot.evaluateAll(user, FlagText.NOW, (_, evaluation) -> reasons.add(evaluation.reason()));
        }
        assertThat(reasons).contains(Reason.STATIC, Reason.DEFAULT, Reason.TARGETING_MATCH, Reason.SPLIT,
                Reason.TARGETING_MATCH_SPLIT).doesNotContain(Reason.ERROR);
    }

    /// An answer is built when its flag is compiled; who gives the very same one has not been compiled again.
    @Test
    void a_refresh_compiles_the_changed_flag_and_no_other() {
        Snapshot before = GeneratedFlags.text(Syntax.YAML, COUNT).compile();
        Snapshot after =
                FlagText.compiled(before.next(GeneratedFlags.textWithOneEdited(Syntax.YAML, COUNT, 42).read()));
        List<String> compiled = IntStream.range(0, COUNT)
                .mapToObj(GeneratedFlags::key)
                .filter(key -> before.evaluate(key, EvaluationContext.EMPTY, FlagText.NOW) != after.evaluate(
                        key, EvaluationContext.EMPTY, FlagText.NOW))
                .toList();
        assertThat(compiled).containsExactly(GeneratedFlags.key(42));
        assertThat(Changes.between(before.definitions(), after.definitions()).updated().keySet())
                .containsExactly(GeneratedFlags.key(42));
        assertThat(GeneratedFlags.text(Syntax.YAML, COUNT)
                .compile()
                .evaluate(GeneratedFlags.key(0), EvaluationContext.EMPTY, FlagText.NOW))
                .as("a flag that is compiled again shows")
                .isNotSameAs(before.evaluate(GeneratedFlags.key(0), EvaluationContext.EMPTY, FlagText.NOW));
    }

    private static List<List<Object>> answers(Snapshot snapshot, EvaluationContext user) {
        List<List<Object>> answers = new ArrayList<>();
        snapshot.evaluateAll(user, FlagText.NOW, (key, evaluation) -> answers.add(
                List.of(key, evaluation.variation(), evaluation.reason(), evaluation.metadata())));
        return answers;
    }
}
