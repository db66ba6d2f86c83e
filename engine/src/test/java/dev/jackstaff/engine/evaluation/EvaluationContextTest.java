package dev.jackstaff.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationContextTest {

    /// Recorded from the original: 300 nested lists in an attribute are evaluated like any other.
    @Test
    void attributes_may_be_nested_as_deep_as_requests_are() {
        Object nested = nested(900);
        assertThat(EvaluationContext.of("u", Map.of("a", nested)).attributes()).containsEntry("a", nested);
    }

    @Test
    void attributes_that_are_nested_deeper_are_refused_with_their_path() {
        assertThatThrownBy(() -> EvaluationContext.of("u", Map.of("a", nested(1_100))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nested deeper than 1000: a");
    }

    private static Object nested(int depth) {
        Object value = List.of();
        for (int i = 1; i < depth; i++) value = List.of(value);
        return value;
    }
}
