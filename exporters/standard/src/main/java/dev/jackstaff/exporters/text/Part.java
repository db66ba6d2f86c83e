package dev.jackstaff.exporters.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A piece of a template.
sealed interface Part {

    void render(Map<String, ? extends @Nullable Object> fields, StringBuilder out);

    record Text(String text) implements Part {
        @Override
        public void render(Map<String, ? extends @Nullable Object> fields, StringBuilder out) {
            out.append(text);
        }
    }

    record Output(Expression expression) implements Part {
        @Override
        public void render(Map<String, ? extends @Nullable Object> fields, StringBuilder out) {
            out.append(GoText.output(expression.value(fields)));
        }
    }

    /// `{{ if }}`; what stands behind `else` may be another one.
    record Choice(Expression condition, List<Part> then, List<Part> otherwise) implements Part {
        public Choice {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public void render(Map<String, ? extends @Nullable Object> fields, StringBuilder out) {
            List<Part> chosen = GoText.isTrue(condition.value(fields)) ? then : otherwise;
            for (Part part : chosen) part.render(fields, out);
        }
    }
}
