package dev.jackstaff.engine.query;

import static dev.jackstaff.engine.query.Evaluate.compile;
import static dev.jackstaff.engine.query.Evaluate.error;
import static dev.jackstaff.engine.query.Evaluate.matches;
import static dev.jackstaff.engine.query.Evaluate.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Malformed queries that the original reads all the same (evaluation rules, section 5.1.5), each with a finding.
class RepairTest {

    @ParameterizedTest(name = "{0} reads as {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "a ==1|a eq 1",
        "s eq\"x\"|s eq \"x\"",
        "a eq  1|a eq 1",
        "a eq 1 and  b eq 2|a eq 1 and b eq 2",
        "a eq 1 and(b eq 2)|a eq 1 and b eq 2",
        "a eq 1 or  a eq 2 and b eq 2|a eq 1 or (a eq 2 and b eq 2)",
        "(a eq 1|a eq 1",
        "((a eq 1)|a eq 1",
        "((((a eq 1 or b eq 2|a eq 1 or b eq 2",
        "a in [1,2|a in [1,2]",
        "not a eq 1 and b eq 2|not (a eq 1 and b eq 2)",
        "not not (a eq 1)|a eq 1",
        "a in [1 ,2]|a in [1]",
        "s in [\"x\",2,\"y\"]|s in [\"x\",\"y\"]",
        "!(a eq 1)|a eq 1",
        "_a eq 1|a eq 1",
        ".a eq 1|a eq 1",
        "and a eq 1|a eq 1",
        "a eq 1 or or b eq 2|a eq 1 or (b eq 2)",
        "(a eq 1 b)|a eq 1",
        "(a eq 1 not)|not (a eq 1)",
        "a eq 1 AND b eq 2|a eq 1",
        "a eq 1 && b eq 2|a eq 1",
        "a eq 1  and b eq 2|a eq 1",
        "(a eq 1)and(b eq 2)|a eq 1",
        "a eq 1 garbage|a eq 1",
        "a eq 1)|a eq 1",
        "a eq 1e0|a eq 1",
        "a eq 01|a eq 0",
        "v eq 1.2.3.4|v eq 1.2.3",
        "a eq 1\\nand b eq 2|a eq 1",
    })
    void a_repaired_query_answers_like_the_one_it_is_taken_for(String query, String meant) {
        String text = query.replace("\\n", "\n");
        for (EvaluationContext user : users())
            assertThat(matches(text, user)).as("%s", user.attributes()).isEqualTo(matches(meant, user));
        assertThat(compile(text).findings()).as("findings").isNotEmpty();
        assertThat(compile(meant).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a = 1", "a  eq 1", "a==1", "a eq abc", "a eq 'x'", "a in []", "a in [-1]", "a in [1.5,2]", "x.1 eq 1",
        "a eq   1",
        "a", "()", "( )", "(a)", "not", "a eq", "a eq -", "a eq 1E+2", "[1]", "a in [1,2.0]", "plan like \"p%\"",
        "a gt null",
    })
    void what_the_original_refuses_is_refused_and_never_matches(String query) {
        assertThat(error(query)).startsWith("invalid query: ");
        for (EvaluationContext user : users()) assertThat(matches(query, user)).isFalse();
    }

    private static List<EvaluationContext> users() {
        List<EvaluationContext> users = new ArrayList<>();
        for (long a = 0; a < 4; a++)
            for (long b = 1; b < 4; b++)
                for (String s : List.of("x", "y")) users.add(user("a", a, "b", b, "s", s, "v", a + ".2.3", "n", 1.5));
        return users;
    }
}
