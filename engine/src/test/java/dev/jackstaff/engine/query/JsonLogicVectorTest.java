package dev.jackstaff.engine.query;

import static dev.jackstaff.engine.query.Evaluate.attributes;
import static dev.jackstaff.engine.query.Evaluate.error;
import static dev.jackstaff.engine.query.Evaluate.matches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors for JsonLogic (evaluation vectors 125 to 141 and 157).
class JsonLogicVectorTest {
    private static final EvaluationContext USER = EvaluationContext.of(
            "user-1",
            attributes(
                    "a", 1L, "b", 2L, "age", 42.9, "o", Map.of("p", "q"), "l", List.of(1.0, 2.0, 3.0),
                    "items", List.of(Map.of("age", 1.0), Map.of("age", 50.0)), "zero", 0L, "bo", true));

    @ParameterizedTest(name = "vector {0}: {1} is {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '\0', value = {
        "125;{\"var\":\"zero\"};false",
        "125;{\"var\":\"l\"};true",
        "125;{\"var\":\"o\"};true",
        "126;{\"-\":[0]};true",
        "126;{\"+\":[0,0]};false",
        "127;{\"/\":[1,0]};false",
        "127;{\">\":[{\"/\":[1,0]},1]};true",
        "128;{\"==\":[{\"var\":\"a\"},\"1\"]};true",
        "128;{\"===\":[{\"var\":\"a\"},1]};true",
        "129;{\"==\":[{\"var\":\"missing\"},null]};true",
        "129;{\"<=\":[null,0]};false",
        "130;{\"==\":[{\"var\":\"age\"},42]};false",
        "131;{\"in\":[{\"var\":\"b\"},[[1,5]]]};true",
        "131;{\"in\":[0,[\"x\"]]};true",
        "131;{\"in\":[1,\"123\"]};false",
        "132;{\"some\":[{\"var\":\"items\"},{\">\":[{\"var\":\"age\"},45]}]};false",
        "133;{\"some\":[{\"var\":\"items\"},{\">\":[{\"var\":\".age\"},45]}]};true",
        "134;{\"foo\":1,\"bar\":2};true",
        "135;{\"and\":[]};false",
        "135;{\"!\":[]};true",
        "136;{\"substr\":[\"jsonlogic\",20]};true",
        "137;{\"!\":{\"missing\":[\"a\",\"b\"]}};true",
        "137;{\"missing\":[\"a\",\"zz\"]};true",
        "138;{\"<\":[1,{\"var\":\"b\"},3]};true",
        "138;{\"<\":[\"a\",\"B\"]};false",
        "139;{\"log\":1};false",
        "140;{\"reduce\":[{\"var\":\"l\"},{\"+\":[{\"var\":\"current\"},{\"var\":\"accumulator\"}]},0]};true",
        "141;{\"==\":[{\"var\":\"key\"},\"user-1\"]};true",
        "141;{\"==\":[{\"var\":\"anonymous\"},false]};true",
    })
    void gives_the_answer_of_the_original(int vector, String query, boolean answer) {
        assertThat(matches(query, USER)).isEqualTo(answer);
    }

    @Test
    void vectors_139_and_157_rules_the_original_refuses_are_refused_in_its_words() {
        assertThat(error("{\"log\":1}")).isEqualTo("invalid jsonlogic query");
        assertThat(error("{\"endsWith\":[1,2]}")).isEqualTo("invalid jsonlogic query");
        assertThat(error("{}")).isEqualTo("invalid jsonlogic query");
        assertThat(error("{\"==\":1}")).isNull();
    }
}
