package dev.jackstaff.engine.query;

import static dev.jackstaff.engine.query.Evaluate.CORRECTED;
import static dev.jackstaff.engine.query.Evaluate.EXACT;
import static dev.jackstaff.engine.query.Evaluate.R;
import static dev.jackstaff.engine.query.Evaluate.attributes;
import static dev.jackstaff.engine.query.Evaluate.matches;
import static dev.jackstaff.engine.query.Evaluate.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.query.Queries.Setting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors for rules expressions (evaluation vectors 89 to 124 and 156).
class RulesExpressionVectorTest {

    @ParameterizedTest(name = "vector {0}: {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "94|n eq 42 or a eq 2 and b eq 3|false",
        "95|a eq 1 AND b eq 999|true",
        "96|a eq 1 and b eq 3 or n eq 42|true",
        "97|not (a eq 1 and b eq 3) and n eq 42|true",
        "98|f eq 1|true",
        "99|f gt 1|false",
        "99|f le 1|true",
        "99|f ge 2|false",
        "100|n eq 42.0|true",
        "100|n in [42.0]|true",
        "101|o.n eq 5|true",
        "101|o.n in [5]|false",
        "101|o.n eq 5.0|true",
        "102|s eq \"hello world\"|true",
        "102|s co \"WORLD\"|true",
        "102|s sw \"HELLO\"|true",
        "103|s in [\"hello world\"]|false",
        "103|s in [\"Hello World\"]|true",
        "104|missing ne 1|false",
        "104|not (missing eq 1)|true",
        "104|missing eq null|true",
        "105|nul pr|false",
        "105|missing pr|false",
        "105|e pr|true",
        "105|o pr|true",
        "106|s ne 1|false",
        "106|n ne \"42\"|false",
        "106|bo eq \"true\"|false",
        "107|v gt 1.2.0|true",
        "107|v ne 1.2.4|true",
        "107|v eq 1.2|false",
        "107|v gt 1|false",
        "111|s.x eq 1 or a eq 1|false",
        "111|not (s.x eq 1)|false",
        "114|a co 1 or b eq 2|false",
        "114|b eq 2 or a co 1|true",
        "115|a eq 01|false",
        "115|a eq 1e0|true",
        "115|n in 42|false",
        "116|neg eq -3|true",
        "116|a ==1|true",
        "116|(a eq 1|true",
        "116|a eq 1)|true",
        "117|a eq 1  and b eq 3|true",
        "118|not a eq 1 and b eq 3|true",
        "119|l co \"x\"|false",
        "119|l eq \"x\"|false",
        "119|not (l eq \"x\")|true",
    })
    void gives_the_answer_of_the_original_for_the_base_context(int vector, String query, boolean answer) {
        assertThat(matches(query, R)).isEqualTo(answer);
        assertThat(matches(query, R, EXACT)).isEqualTo(answer);
    }

    @Test
    void vector_89_enrichment_wins_over_the_callers_attribute() {
        Setting setting = new Setting(Map.of("env", "prod"), Compatibility.CORRECTED);
        assertThat(matches("env eq \"prod\"", user("env", "dev"), setting)).isTrue();
    }

    @Test
    void vectors_90_to_93_forced_entries_win_over_attributes() {
        EvaluationContext keyed = EvaluationContext.of("user-1", attributes("key", "other"));
        assertThat(matches("key eq \"USER-1\"", keyed)).isTrue();
        assertThat(matches("anonymous eq true", user("anonymous", "true"))).isFalse();
        assertThat(matches("anonymous eq false", user())).isTrue();
        assertThat(matches("targetingKey eq \"\"", user("targetingKey", 12L))).isTrue();
    }

    @Test
    void vectors_108_to_110_versions_have_semver_precedence() {
        assertThat(matches("v gt 1.0.0-1234", user("v", "1.0.0-2345"))).isTrue();
        assertThat(matches("v eq 1.0.0+b1", user("v", "1.0.0+b2"))).isTrue();
        assertThat(matches("v lt 1.2.3", user("v", "1.2.3-rc.1"))).isTrue();
    }

    @Test
    void vectors_112_and_113_a_missing_parent_is_missing_unless_the_defect_is_kept() {
        assertThat(matches("a eq 1 and x.y eq 1", R, CORRECTED)).isFalse();
        assertThat(matches("a eq 1 and x.y eq 1", R, EXACT)).isTrue();
        assertThat(matches("x.y.z eq 1 or a eq 1", R, CORRECTED)).isTrue();
        assertThat(matches("x.y.z eq 1 or a eq 1", R, EXACT)).isFalse();
    }

    @Test
    void vectors_120_and_121_lower_case_is_simple_and_without_locale() {
        assertThat(matches("s eq \"i\"", user("s", "İ"))).isTrue();
        assertThat(matches("s eq \"σς\"", user("s", "ΣΣ"))).isFalse();
        assertThat(matches("s eq \"σσ\"", user("s", "ΣΣ"))).isTrue();
    }

    @Test
    void vector_122_whole_numbers_have_64_bits() {
        assertThat(matches("v eq 3000000000", user("v", 3000000000L))).isTrue();
    }

    @Test
    void vector_123_the_reserved_attribute_is_an_attribute() {
        EvaluationContext user = user("gofeatureflag", Map.of("currentDateTime", "2024-01-01T00:00:00Z"));
        assertThat(matches("gofeatureflag.currentDateTime eq \"2024-01-01t00:00:00z\"", user)).isTrue();
    }

    @Test
    void vector_124_line_breaks_glue_lines_together() {
        EvaluationContext user = user("a", 1L, "b", 3L);
        assertThat(matches("a eq 1\nand b eq 2", user)).isTrue();
        assertThat(matches("a eq 1 and b eq 2\n", user)).isFalse();
    }

    @Test
    void vector_156_errors_have_the_words_of_the_original() {
        assertThat(Evaluate.error("a gt null")).isEqualTo("invalid query: Invalid operation on the type");
        assertThat(Evaluate.error("a")).isEqualTo("invalid query: Invalid rule");
        assertThat(Evaluate.error("a eq"))
                .isEqualTo("invalid query: \"runtime error: invalid memory address or nil pointer dereference\"");
    }
}
