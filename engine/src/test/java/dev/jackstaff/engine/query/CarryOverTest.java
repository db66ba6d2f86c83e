package dev.jackstaff.engine.query;

import static dev.jackstaff.engine.query.Evaluate.CORRECTED;
import static dev.jackstaff.engine.query.Evaluate.EXACT;
import static dev.jackstaff.engine.query.Evaluate.matches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Defect E-D5, kept and corrected.
class CarryOverTest {
    private static final EvaluationContext USER =
            EvaluationContext.of("k", Map.of("a", 1L, "s", "abc", "o", Map.of("p", Map.of("q", 2.0), "a", 1.0)));

    @ParameterizedTest(name = "{0}: {1} as the original, {2} corrected")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "a eq 1 and x.y eq 1|true|false",
        "a eq 1 and x.y pr|true|false",
        "a eq 1 and x.y eq null|false|true",
        "s eq \"abc\" and o.n.q eq \"abc\"|true|false",
        "s eq \"abc\" and o.n.q.r eq \"abc\"|true|false",
        "x.y.z eq 1 or a eq 1|false|true",
        "x.y.z eq 1 or a eq 1 or a eq 1|true|true",
        "o.x.z eq 2 or a eq 1|true|true",
        "o.x.z eq 2 or s eq \"abc\"|false|true",
        "x.y eq 1 or a eq 1|true|true",
        "a eq 1 and o.a eq 1|true|true",
        "x.y eq 1|false|false",
    })
    void the_original_carries_values_over(String query, boolean exact, boolean corrected) {
        assertThat(matches(query, USER, EXACT)).isEqualTo(exact);
        assertThat(matches(query, USER, CORRECTED)).isEqualTo(corrected);
    }

    @Test
    void the_warning_is_not_lost_among_many_others() {
        String text = "a eq 1 and " + "? ".repeat(30) + "x.y eq 1";
        assertThat(Evaluate.compile(text).findings()).anyMatch(finding -> finding.message().contains("(E-D5)"));
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void a_query_that_can_answer_differently_is_warned_about(long seed) {
        Random random = new Random(seed);
        List<String> paths = List.of("a", "s", "x", "x.y", "x.y.z", "o.a", "o.p.q", "o.x.q", "o.n.q.r", "key", "o");
        List<String> tests = List.of("pr", "eq 1", "eq null", "ne \"abc\"", "in [1,2]");
        int warned = 0, different = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder query = new StringBuilder();
            for (int terms = random.nextInt(4); terms >= 0; terms--)
                query.append(paths.get(random.nextInt(paths.size())))
                        .append(' ')
                        .append(tests.get(random.nextInt(tests.size())))
                        .append(terms == 0 ? "" : random.nextBoolean() ? " and " : " or ");
            String text = query.toString();
            boolean warning = Evaluate.compile(text).findings().stream().anyMatch(f -> f.message().contains("(E-D5)"));
            if (warning) warned++;
            if (matches(text, USER, EXACT) != matches(text, USER, CORRECTED)) {
                different++;
                assertThat(warning).as(text).isTrue();
            }
        }
        assertThat(different).isPositive();
        assertThat(warned).isLessThan(5_000);
    }
}
