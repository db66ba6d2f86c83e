package dev.jackstaff.engine.query;

import static dev.jackstaff.engine.query.Evaluate.compile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.query.Queries.Compiled;
import dev.jackstaff.engine.query.Queries.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said about a query, and where in the text as written.
class FindingsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "a eq 1 AND b eq 2|7|text after the query is ignored|lower-case and",
        "a eq 1 && b eq 2|7|text after the query is ignored|lower-case and",
        "a eq 1 OR b eq 2|7|text after the query is ignored|lower-case or",
        "a eq 1 garbage|7|text after the query is ignored|remove the rest",
        "(a eq 1|7|\")\" is missing|close every parenthesis",
        "a ==1|4|a space is missing|one space",
        "not a eq 1|4|not applies to everything that follows|not (...)",
        "a eq 1 and  b eq 2|12|makes a group of everything|one space only",
        "@a eq 1|0|is dropped|begin with a letter",
        "!(a eq 1) or b eq 1|0|is dropped|not (...)",
        "a eq 1 or b eq 1 and c eq 1|17|does not bind stronger|parentheses",
        "a in 42|2|always false|asks for a list",
        "a eq [1,2]|2|always false|only \"in\"",
        "a pr and b co 1|11|has no answer|with a number write eq",
        "a eq \"x\\\\y\"|4|not decoded|null",
        "a eq 1 and b.c eq 2|11|parent of b.c is missing|compatibility: exact",
        "a.b.c eq 1 or d eq 2|14|parent of d is missing|compatibility: exact",
        "{\"a\":1,\"b\":2}|0|is a value, not an operation|\"and\"",
        "{\"and\":[true,{\"in\":1}]}|13|aborts|null",
    })
    void a_finding_says_where_and_what(String query, int offset, String message, String hint) {
        List<Finding> findings = compile(query).findings();
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.offset()).isEqualTo(offset);
            assertThat(finding.message()).contains(message);
            if (!hint.equals("null")) assertThat(finding.hint()).contains(hint);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "age contains 18|0|Invalid rule|did you mean \"co\"?",
        "plan Eq \"pro\"|0|Invalid rule|did you mean \"eq\"?",
        "a gt null|2|Invalid operation on the type|eq or ne",
        "a eq 9223372036854775808|5|value out of range|64 bits",
        "a eq 1E+2|5|invalid syntax|64 bits",
        "a eq|4|nil pointer|\"string\"",
        "a eq pro|4|nil pointer|\"string\"",
        "{\"endswith\":[1]}|0|invalid jsonlogic query|did you mean \"substr\"?",
        "{\"and\":[{\"fliter\":[]}]}|8|invalid jsonlogic query|did you mean \"filter\"?",
        "{\"==\":[1,1]|11|Invalid rule|complete JSON object",
        "{}|0|invalid jsonlogic query|empty object",
        "null|0|invalid jsonlogic query|null is no rule",
    })
    void an_error_says_where_and_what_would_be_right(String query, int offset, String message, String hint) {
        Finding error = compile(query).error();
        assertThat(error).isNotNull();
        assertThat(error.message()).contains(message);
        assertThat(error.offset()).isEqualTo(offset);
        assertThat(error.hint()).contains(hint);
    }

    @Test
    void offsets_count_in_the_text_as_written_not_in_the_one_that_is_read() {
        Compiled compiled = compile("  a eq 1 or \n   b eq 2 AND\n c eq 3");
        assertThat(compiled.findings()).extracting(Finding::offset).contains("  a eq 1 or \n   b eq 2 ".length());
    }

    @Test
    void lines_that_run_into_each_other_are_named() {
        List<Finding> findings = compile("a eq 1\n  and b eq 2").findings();
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.message()).contains("lines are joined").contains("\"1and\"");
            assertThat(finding.offset()).isBetween(5, 9);
        });
    }

    @Test
    void an_empty_query_means_everybody_and_is_refused() {
        Compiled compiled = compile("   \n  ");
        assertThat(compiled.error()).isNotNull();
        assertThat(compiled.error().message()).isEqualTo("invalid query: Invalid rule");
        assertThat(compiled.predicate().matches(Evaluate.user(), Run.UNMETERED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a eq 1 and b eq 2 or c eq 3", "not (a eq 1)", "( a in [1, 2] ) and b pr",
        "env.region eq \"eu\" or env.region eq \"us\"", "x.y.z eq 1", "{\"==\":[{\"var\":\"a\"},1]}",
        "a eq 1 and \n b in [\"x\",\n\"y\"]", "v ge 1.2.3-rc.1", "a ne null",
    })
    void a_query_that_does_what_it_says_has_no_finding(String query) {
        assertThat(compile(query).error()).isNull();
        assertThat(compile(query).findings()).isEmpty();
    }
}
