package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Evaluating allocates nothing, not a byte a thousand evaluations, interpreted or compiled.
class AllocationTest {
    private static final int ROUNDS = 1_000;
    private static final EvaluationContext USER = EvaluationContext.of(
            "user-1",
            Evaluate.attributes(
                    "age", 42L, "score", 1.5, "plan", "Enterprise", "v", "2.3.1-beta.2", "beta", true, "nul", null,
                    "company", Map.of("id", "c-1", "size", 120.0), "tags", List.of("a", "b"), "text", "42"));

    @ParameterizedTest
    @ValueSource(strings = {
        "age ge 18", "score le 1", "age gt 17.5", "age in [1,42]", "score in [1.5,2.5]", "plan eq \"enterprise\"",
        "plan ne \"x\"", "plan gt \"a\"", "plan co \"PRISE\"", "plan sw \"ent\"", "plan ew \"É\"",
        "plan in [\"a\",\"Enterprise\"]",
        "v ge 2.3.1-beta.1", "v lt 3.0.0", "beta eq true", "nul eq null", "missing pr", "company.id eq \"C-1\"",
        "company.size gt 100.0", "key eq \"user-1\"", "anonymous eq false", "missing.x pr", "age.x pr",
        "not (age ge 18 and plan eq \"x\" or beta eq true) or v gt 1.0.0",
        "{\"==\":[{\"var\":\"age\"},42]}", "{\"===\":[{\"var\":\"plan\"},\"Enterprise\"]}",
        "{\"!=\":[{\"var\":\"text\"},42]}",
        "{\"<\":[1,{\"var\":\"age\"},100]}", "{\">=\":[{\"var\":\"plan\"},\"A\"]}",
        "{\"and\":[{\">\":[{\"var\":\"age\"},18]},{\"!\":{\"var\":\"nul\"}},{\"or\":[false,{\"var\":\"beta\"}]}]}",
        "{\"in\":[{\"var\":\"plan\"},[\"a\",\"Enterprise\"]]}", "{\"in\":[{\"var\":\"age\"},[1,\"42\"]]}",
        "{\"in\":[\"rise\",{\"var\":\"plan\"}]}", "{\"in\":[\"b\",{\"var\":\"tags\"}]}",
        "{\"!!\":[{\"var\":\"company.id\"}]}",
        "{\">\":[{\"+\":[{\"var\":\"age\"},{\"*\":[{\"var\":\"score\"},2]}]},10]}",
        "{\"==\":[{\"%\":[{\"var\":\"age\"},2]},0]}",
        "{\"if\":[{\">\":[{\"var\":\"age\"},18]},true,false]}", "{\"var\":\"tags.1\"}", "{\"var\":[\"missing\",1]}",
        "{\"-\":[{\"var\":\"age\"},{\"max\":[1,{\"var\":\"score\"}]}]}",
    })
    void an_evaluation_allocates_nothing(String query) {
        Predicate predicate = Evaluate.compile(query).predicate();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) predicate.matches(USER, Run.UNMETERED);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
