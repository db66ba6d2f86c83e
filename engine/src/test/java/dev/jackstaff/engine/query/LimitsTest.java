package dev.jackstaff.engine.query;

import static dev.jackstaff.engine.query.Evaluate.compile;
import static dev.jackstaff.engine.query.Evaluate.matches;
import static dev.jackstaff.engine.query.Evaluate.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.query.Queries.Compiled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Queries at the limits work, queries beyond them are refused with the limit's name.
class LimitsTest {
    record Oversized(String name, String limit, String query) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Oversized[] oversized() {
        return new Oversized[]{
            new Oversized("text", "1,048,576 characters", "a".repeat(1 << 20) + "a"),
            new Oversized("parentheses", "256 levels", "(".repeat(257) + "a pr" + ")".repeat(257)),
            new Oversized("unclosed parentheses", "256 levels", "(".repeat(1_000_000)),
            new Oversized("negations", "256 levels", "not ".repeat(250_000) + "(a pr)"),
            new Oversized("groups by extra spaces", "256 levels", "a pr" + " and  a pr".repeat(300)),
            new Oversized("conditions", "10,000 conditions", "a pr" + " and a pr".repeat(10_000)),
            new Oversized("list", "100,000 items", "a in [1" + ",1".repeat(100_000) + "]"),
            new Oversized("path", "128 names", "a" + ".a".repeat(128) + " pr"),
            new Oversized("objects", "256 levels", "{\"!\":".repeat(257) + "1" + "}".repeat(257)),
            new Oversized("operators", "10,000 operators", "{\"or\":[{\"!\":0}" + ",{\"!\":0}".repeat(10_000) + "]}"),
            new Oversized("JSON list", "100,000 items", "{\"in\":[1,[1" + ",1".repeat(100_000) + "]]}"),
            new Oversized("JSON path", "128 names", "{\"var\":\"a" + ".a".repeat(128) + "\"}"),
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oversized")
    void too_much_of_anything_is_an_error_that_names_the_limit(Oversized oversized) {
        Compiled compiled = compile(oversized.query);
        assertThat(compiled.error()).isNotNull();
        assertThat(compiled.error().message()).contains(oversized.limit);
        assertThat(compiled.predicate().matches(user("a", 1L), Run.UNMETERED)).isFalse();
    }

    @Test
    void a_query_at_the_limits_answers() {
        assertThat(matches("(".repeat(256) + "a pr" + ")".repeat(256), user("a", 1L))).isTrue();
        assertThat(matches("not (".repeat(256) + "a pr" + ")".repeat(256), user("a", 1L))).isTrue();
        assertThat(matches("b pr" + " or a pr and a pr".repeat(4_999), user("a", 1L))).isTrue();
        assertThat(matches("a in [2" + ",1".repeat(99_999) + "]", user("a", 1L))).isTrue();
        assertThat(matches("a" + ".a".repeat(127) + " pr", user())).isFalse();
        assertThat(matches("{\"!!\":".repeat(255) + "{\"var\":\"a\"}" + "}".repeat(255), user("a", 1L))).isTrue();
    }

    @Test
    void short_garbage_of_every_depth_is_compiled_on_a_small_stack() throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread small = new Thread(null, () -> {
            for (Oversized oversized : oversized()) compile(oversized.query);
            matches("not (".repeat(256) + "a pr" + ")".repeat(256), user("a", 1L));
            matches("{\"!!\":".repeat(255) + "{\"var\":\"a\"}" + "}".repeat(255), user("a", 1L));
        }, "small stack", 384 << 10);
        small.setUncaughtExceptionHandler((thread, error) -> thrown[0] = error);
        small.start();
        small.join();
        assertThat(thrown[0]).isNull();
    }
}
