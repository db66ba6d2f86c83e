package dev.jackstaff.exporters.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something in a template that has a value.
sealed interface Expression {

    @Nullable
    Object value(Map<String, ? extends @Nullable Object> fields);

    /// A text, number or boolean that stands in the template.
    record Literal(@Nullable Object literal) implements Expression {
        @Override
        public @Nullable Object value(Map<String, ? extends @Nullable Object> fields) {
            return literal;
        }
    }

    /// `.Field`, or a way into a map: `.Metadata.team`.
    record Field(List<String> path) implements Expression {
        public Field {
            path = List.copyOf(path);
        }

        @Override
        public @Nullable Object value(Map<String, ? extends @Nullable Object> fields) {
            Object value = fields.get(path.get(0));
            for (int i = 1; i < path.size(); i++) value = value instanceof Map<?, ?> map ? map.get(path.get(i)) : null;
            return value;
        }
    }

    /// A function with its arguments.
    record Call(Function function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        Call with(Expression last) {
            List<Expression> more = new ArrayList<>(arguments);
            more.add(last);
            return new Call(function, more);
        }

        @Override
        public @Nullable Object value(Map<String, ? extends @Nullable Object> fields) {
            List<@Nullable Object> values = new ArrayList<>(arguments.size());
            for (Expression argument : arguments) values.add(argument.value(fields));
            return function.apply(values);
        }
    }
}
