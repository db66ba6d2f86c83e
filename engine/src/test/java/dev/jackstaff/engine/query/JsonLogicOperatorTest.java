package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The result of each operator, abort included (evaluation rules, sections 5.2.2 and 5.2.3).
class JsonLogicOperatorTest {
    private static final EvaluationContext USER = EvaluationContext.of(
            "k",
            Evaluate.attributes(
                    "a", 1L, "s", "Bob", "zero", 0L, "nul", null, "o", Map.of("p", "q", "r", 2.0), "one",
                    Map.of("+", List.of(1.0, 2.0)),
                    "l", List.of(1.0, 2.0, 3.0), "t", List.of("x", "y"), "empty", List.of(),
                    "users", List.of(Map.of("n", "x", "v", 1.0), Map.of("n", "y", "v", 5.0)), "nest",
                    List.of(List.of(1.0, 2.0), 3.0)));

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '\0', value = {
        // var
        "{\"var\":\"a\"};1", "{\"var\":\"o.r\"};2", "{\"var\":\"l.1\"};2", "{\"var\":\"l.1.9\"};null",
        "{\"var\":\"l.x\"};null",
        "{\"var\":\"l.9\"};null", "{\"var\":\"l.-1\"};null", "{\"var\":\"l.length\"};null", "{\"var\":\"o..r\"};2",
        "{\"var\":\".o.r.\"};2", "{\"var\":\"s.x\"};null", "{\"var\":\"nul\"};null", "{\"var\":null};null",
        "{\"var\":[\"zz\",7]};7", "{\"var\":[\"a\",7]};1", "{\"var\":[\"zz\"]};null", "{\"var\":[\"a\",7,8]};1",
        "{\"var\":[\"zz\",7,8]};null", "{\"var\":[1]};abort", "{\"var\":true};abort", "{\"var\":1};null",
        "{\"var\":{\"cat\":[\"o\",\".r\"]}};2", "{\"var\":[{\"cat\":[\"z\"]},{\"var\":\"a\"}]};1",
        "{\"var\":{\"var\":\"t\"}};\"y\"",
        "{\"var\":\"key\"};\"k\"", "{\"var\":\"targetingKey\"};\"k\"", "{\"var\":\"anonymous\"};false",
        "{\"var\":\"key.x\"};null",
        // equality
        "{\"==\":[]};false", "{\"==\":[1]};false", "{\"!=\":[1]};true", "{\"==\":1};abort", "{\"===\":1};false",
        "{\"!==\":1};true",
        "{\"==\":[1,\"1\"]};true", "{\"==\":[\"\",0]};true", "{\"==\":[\" \",0]};true", "{\"==\":[\" 1\",1]};false",
        "{\"==\":[\"0x10\",16]};false", "{\"==\":[\"1e3\",1000]};true", "{\"==\":[\"inf\",\"Infinity\"]};false",
        "{\"==\":[true,1]};true", "{\"==\":[null,0]};false", "{\"==\":[null,null]};true", "{\"==\":[[1],1]};false",
        "{\"==\":[[],[]]};false", "{\"===\":[1,\"1\"]};false", "{\"===\":[1,1,9]};true", "{\"===\":[null,null]};true",
        "{\"===\":[[],[]]};false", "{\"!==\":[1,2]};true", "{\"==\":[{\"var\":\"o\"},{\"var\":\"o\"}]};false",
        "{\"==\":[1,1,{\"+\":[true]}]};abort",
        // order
        "{\"<\":[1]};false", "{\"<\":[1,2]};true", "{\"<\":[1,2,3]};true", "{\"<\":[1,3,2]};false",
        "{\"<\":[1,2,0,9]};true",
        "{\">\":[3,2,1]};true", "{\">=\":[3,3,1]};true", "{\"<=\":[null,0]};false", "{\"<\":[null,1]};true",
        "{\">=\":[0,null]};false",
        "{\"<\":[\"a\",\"B\"]};false", "{\"<\":[\"10\",\"9\"]};true", "{\"<\":[\"10\",9]};false",
        "{\"<\":[\"x\",9]};false", "{\"<\":1};abort",
        "{\"<=\":[[1],[1]]};false", "{\">\":[\"\uFFFD\",\"\uD83D\uDE00\"]};false",
        // logic
        "{\"and\":[]};null", "{\"and\":[1,\"\",{\"+\":[true]}]};\"\"", "{\"and\":[1,\"x\"]};\"x\"",
        "{\"or\":[0,\"x\",{\"+\":[true]}]};\"x\"",
        "{\"or\":[0,[]]};[]", "{\"and\":{\"var\":\"l\"}};abort", "{\"or\":1};abort", "{\"and\":[{\"var\":\"o\"},1]};1",
        "{\"!\":[]};true", "{\"!\":[0]};true", "{\"!\":[[]]};true", "{\"!\":[[0]]};false", "{\"!!\":[[]]};false",
        "{\"!!\":{\"var\":\"l\"}};true",
        "{\"!\":{\"var\":\"empty\"}};true", "{\"!\":{\"merge\":[0,1]}};true", "{\"!\":null};true",
        "{\"!!\":\"0\"};true",
        "{\"if\":[]};null", "{\"if\":[1]};1", "{\"if\":[0,1]};null", "{\"if\":[0,1,2]};2", "{\"if\":[0,1,0,2,3]};3",
        "{\"?:\":[{\"var\":\"a\"},\"y\",\"n\"]};\"y\"", "{\"if\":1};abort", "{\"if\":[true,{\"var\":\"one\"}]};3",
        "{\"if\":[true,{\"var\":\"o\"}]};{p:\"q\",r:2}",
        // in
        "{\"in\":[\"o\",\"Bob\"]};true", "{\"in\":[\"\",\"\"]};true", "{\"in\":[1,\"1\"]};abort", "{\"in\":[1]};false",
        "{\"in\":[]};abort", "{\"in\":1};abort",
        "{\"in\":[0,[\"x\"]]};true", "{\"in\":[1,[\"1\"]]};true", "{\"in\":[\"1\",[1]]};false",
        "{\"in\":[1,[true]]};abort", "{\"in\":[1,[1,true]]};true",
        "{\"in\":[2,[[1,5]]]};true", "{\"in\":[\"2\",[[1,5]]]};true", "{\"in\":[2,[[1]]]};abort",
        "{\"in\":[true,[[1,5]]]};abort",
        "{\"in\":[null,[null]]};true", "{\"in\":[{\"var\":\"o\"},[{\"a\":1,\"b\":2}]]};abort",
        "{\"in\":[[1],[\"x\"]]};false", "{\"in\":[\"x\",{\"var\":\"t\"}]};true",
        "{\"in\":[1,5]};false", "{\"in\":[2,{\"var\":\"l\"}]};true",
        // arithmetic
        "{\"+\":[]};0", "{\"+\":[1,\"2\",\"x\"]};3", "{\"+\":\"7\"};7", "{\"+\":[true]};abort", "{\"+\":null};abort",
        "{\"+\":[null]};abort", "{\"-\":[]};0", "{\"-\":5};0",
        "{\"-\":[2]};-2", "{\"-\":[0]};-0", "{\"-\":[5,1,1]};3", "{\">\":[{\"-\":5},-1]};false",
        "{\"+\":[{\"-\":[]}]};abort", "{\"*\":[]};1", "{\"*\":5};1", "{\"*\":[2,3]};6",
        "{\"/\":[]};0", "{\"/\":[8]};8", "{\"/\":[8,2,2]};2", "{\"%\":[-5,3]};-2", "{\"%\":[5.5,2]};1.5",
        "{\"%\":[1]};abort", "{\"max\":[]};null", "{\"max\":5};null",
        "{\"max\":[1,\"9\",3]};9", "{\"min\":[1,-2]};-2", "{\"max\":{\"var\":\"l\"}};3", "{\"abs\":-3};3",
        "{\"abs\":[-3,true]};3", "{\"abs\":[]};0", "{\"max\":[true]};abort",
        // text
        "{\"cat\":\"x \"};\"x \"", "{\"cat\":[\"x \"]};\"x \"", "{\"cat\":[\" x\",1.50,null,\" \"]};\"x1.5\"",
        "{\"cat\":1};abort", "{\"cat\":[true]};abort", "{\"cat\":[]};\"\"",
        "{\"cat\":[1e21]};\"1000000000000000000000\"", "{\"cat\":{\"var\":\"t\"}};\"xy\"",
        "{\"substr\":[\"jsonlogic\",4]};\"logic\"", "{\"substr\":[\"jsonlogic\",-5]};\"logic\"",
        "{\"substr\":[\"jsonlogic\",1,3]};\"son\"", "{\"substr\":[\"jsonlogic\",4,-2]};\"log\"",
        "{\"substr\":[\"abc\",9]};\"abc\"", "{\"substr\":[\"abc\",-9]};\"abc\"", "{\"substr\":[\"abc\",2,-2]};abort",
        "{\"substr\":[\"\uD83D\uDE00bc\",1]};\"bc\"", "{\"substr\":[\"abc\"]};abort", "{\"substr\":\"abc\"};abort",
        "{\"substr\":[12345,1,2]};\"23\"", "{\"substr\":[\"abc\",1,1,1]};\"bc\"",
        // lists
        "{\"merge\":[1,[2,[3]],null]};[1,2,[3],null]", "{\"merge\":1};[1]", "{\"merge\":null};abort",
        "{\"merge\":{\"a\":1,\"b\":2}};abort", "{\"merge\":[]};[]",
        "{\"missing\":[\"a\",\"zz\",\"o.x\"]};[\"zz\",\"o.x\"]", "{\"missing\":\"zz\"};[\"zz\"]", "{\"missing\":[]};[]",
        "{\"missing\":1};abort", "{\"missing\":[true]};abort",
        "{\"missing\":[[\"a\"]]};[]", "{\"missing\":{\"merge\":[\"zz\",\"a\"]}};[\"zz\"]",
        "{\"missing_some\":[1,[\"a\",\"zz\"]]};[]", "{\"missing_some\":[2,[\"a\",\"zz\"]]};[\"zz\"]",
        "{\"missing_some\":[1,\"a\"]};[]", "{\"missing_some\":[1]};abort",
        "{\"filter\":[{\"var\":\"l\"},{\">\":[{\"var\":\"\"},1]}]};[2,3]", "{\"filter\":[{\"var\":\"l\"}]};[]",
        "{\"filter\":[{\"var\":\"zz\"},true]};[]", "{\"filter\":[1,true]};[]",
        "{\"filter\":[{\"var\":\"a\"},true]};abort",
        "{\"filter\":[[{\"var\":\"a\"},1],{\"var\":\"\"}]};[{var:\"a\"},1]", "{\"filter\":{\"var\":\"l\"}};abort",
        "{\"map\":[{\"var\":\"users\"},{\"var\":\"v\"}]};[1,5]",
        "{\"map\":[{\"var\":\"l\"},{\"*\":[{\"var\":\"\"},2]}]};[2,4,6]", "{\"map\":[{\"var\":\"zz\"},1]};[]",
        "{\"map\":[{\"var\":\"l\"},{\"var\":\"a\"}]};[null,null,null]",
        "{\"all\":[{\"var\":\"l\"},{\">\":[{\"var\":\"\"},0]}]};true", "{\"all\":[[],{\">\":[1,0]}]};false",
        "{\"some\":[[],true]};false", "{\"none\":[[],true]};true", "{\"none\":[0,true]};true",
        "{\"all\":[\"x\",true]};false", "{\"all\":[{\"var\":\"s\"},{\"!\":0}]};abort",
        "{\"some\":[{\"var\":\"l\"},true]};abort", "{\"all\":[]};abort", "{\"none\":[{\"var\":\"l\"}]};abort",
        "{\"some\":[{\"var\":\"users\"},{\"==\":[{\"var\":\"n\"},\"y\"]}]};true",
        "{\"some\":[{\"var\":\"users\"},{\"==\":[{\"var\":\"s\"},\"Bob\"]}]};true",
        "{\"some\":[{\"var\":\"users\"},{\"in\":[{\"var\":\"n\"},{\"var\":\"t\"}]}]};true",
        "{\"some\":[{\"var\":\"users\"},{\"var\":\"o\"}]};true",
        "{\"some\":[{\"var\":\"users\"},{\"var\":\"a\"}]};abort",
        "{\"some\":[{\"var\":\"users\"},{\"==\":[{\"var\":\"one\"},3]}]};true",
        "{\"filter\":[{\"var\":\"nest\"},{\"some\":[{\"var\":\"\"},{\"==\":[{\"var\":\"\"},2]}]}]};abort",
        "{\"reduce\":[{\"var\":\"l\"},{\"+\":[{\"var\":\"current\"},{\"var\":\"accumulator\"}]},10]};16",
        "{\"reduce\":[{\"var\":\"t\"},{\"cat\":[{\"var\":\"accumulator\"},{\"var\":\"current\"}]},\"\"]};\"xy\"",
        "{\"reduce\":[{\"var\":\"l\"},{\">\":[{\"var\":\"current\"},2]},false]};true",
        "{\"reduce\":[{\"var\":\"l\"},{\"var\":\"valueType\"},\"\"]};\"string\"",
        "{\"reduce\":[{\"var\":\"l\"},1,0]};abort", "{\"reduce\":[{\"var\":\"l\"},{\"var\":\"\"},[]]};abort",
        "{\"reduce\":[{\"var\":\"zz\"},1,5]};0", "{\"reduce\":[{\"var\":\"l\"},1]};0", "{\"reduce\":[[null],1,5]};5",
        "{\"set\":[{\"var\":\"o\"},\"r\",9]};{p:\"q\",r:9}", "{\"set\":[{\"var\":\"o\"},5,9]};{p:\"q\",r:2}",
        "{\"set\":[1,\"r\",9]};1", "{\"set\":[7]};7", "{\"set\":[]};null",
        "{\"contains_all\":[[1,2,\"x\"],[2,\"x\"]]};true", "{\"contains_all\":[[1],[]]};true",
        "{\"contains_any\":[[1],[2,1]]};true", "{\"contains_none\":[[1],[2]]};true",
        "{\"contains_none\":[[1],[1]]};false",
        "{\"contains_all\":[1,[1]]};false", "{\"contains_any\":[[1]]};false", "{\"contains_none\":1};true",
        "{\"contains_any\":[[[1]],[[1]]]};abort",
        // literals and what is no operator
        "{\"a\":1,\"b\":{\"+\":[1,2]}};{a:1,b:{+:[1,2]}}", "{};{}", "{\"log\":1};abort", "{\"method\":[1]};abort",
        "{\"and\":[{\"a\":1,\"b\":2}]};{a:1,b:2}",
    })
    void gives_the_result_of_the_original(String rule, String result) {
        assertThat(result(rule)).isEqualTo(result);
    }

    @Test
    void a_context_without_json_form_matches_no_rule() {
        assertThat(Evaluate.matches("{\"!!\":[1]}", Evaluate.user("n", 1.5))).isTrue();
        assertThat(Evaluate.matches("{\"!!\":[1]}", Evaluate.user("n", Double.NaN))).isFalse();
        assertThat(Evaluate.matches("{\"!!\":[1]}", Evaluate.user("n", List.of(Double.POSITIVE_INFINITY)))).isFalse();
        assertThat(Evaluate.matches("{\"!!\":[1]}", Evaluate.user("key", Double.NaN))).isTrue();
    }

    @Test
    void a_result_without_json_form_does_not_match() {
        assertThat(Evaluate.matches("{\"merge\":[[1],[{\"/\":[0,0]}]]}", USER)).isFalse();
        assertThat(Evaluate.matches("{\"merge\":[[1],[{\"/\":[0,1]}]]}", USER)).isTrue();
    }

    @Test
    void enrichment_is_data_and_wins() {
        var setting = new Queries.Setting(Map.of("a", 5.0, "o", Map.of("p", "z")),
                dev.jackstaff.engine.flag.Compatibility.CORRECTED);
        assertThat(Evaluate.matches("{\"==\":[{\"var\":\"a\"},5]}", USER, setting)).isTrue();
        assertThat(Evaluate.matches("{\"==\":[{\"var\":\"o.p\"},\"z\"]}", USER, setting)).isTrue();
        assertThat(Evaluate.matches("{\"some\":[[{\"a\":1,\"b\":1}],{\"==\":[{\"var\":\"a\"},5]}]}", USER, setting))
                .isTrue();
    }

    @Test
    void dates_are_their_texts() {
        var user = Evaluate.user("d", java.time.OffsetDateTime.parse("2024-01-01T00:00:00Z"), "ds",
                List.of(java.time.Instant.EPOCH));
        assertThat(Evaluate.matches("{\"==\":[{\"var\":\"d\"},\"2024-01-01T00:00:00Z\"]}", user)).isTrue();
        assertThat(Evaluate.matches("{\"in\":[\"1970-01-01T00:00:00Z\",{\"var\":\"ds\"}]}", user)).isTrue();
        assertThat(Evaluate.matches("d eq \"2024-01-01t00:00:00z\"", user)).isTrue();
    }

    private static String result(String rule) {
        Json json = JsonText.objectOrNull(rule);
        assertThat(json).as("JSON").isNotNull();
        try {
            Term term = new LogicCompiler(new Attributes(Map.of()), null, null).term(json, null);
            Object value = term.value(USER, Run.UNMETERED, Frame.USER);
            assertThat(term.truthy(USER, Run.UNMETERED, Frame.USER)).isEqualTo(Values.truthy(value));
            return print(value);
        } catch (Aborted aborted) {
            return "abort";
        }
    }

    private static String print(Object value) {
        if (value instanceof String text) return '"' + text + '"';
        if (value instanceof Values.StrangeZero) return "0";
        if (Values.isNumber(value)) return Values.text(value);
        if (value instanceof List<?> list)
            return list.stream().map(JsonLogicOperatorTest::print).collect(Collectors.joining(",", "[", "]"));
        if (value instanceof Map<?, ?> map)
            return new TreeMap<>(map).entrySet()
                    .stream()
                    .map(e -> e.getKey() + ":" + print(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        return String.valueOf(value);
    }
}
