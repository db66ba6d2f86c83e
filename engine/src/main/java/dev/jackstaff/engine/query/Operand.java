package dev.jackstaff.engine.query;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The attribute a comparison looks at. Immutable; looking up allocates nothing.
sealed interface Operand {
    /// Stands for the value of a path that leads through something that is no object.
    enum NoPath {
        NO_PATH
    }

    /// The value, null when missing, or [NoPath].
    @Nullable
    Object value(EvaluationContext user, @Nullable CarryOver carried);

    /// An attribute at the top.
    record Attribute(String name) implements Operand {
        @Override
        public @Nullable Object value(EvaluationContext user, @Nullable CarryOver carried) {
            return user.attributes().get(name);
        }
    }

    /// `key` and `targetingKey`, whatever the caller's attributes of these names.
    enum TargetingKey implements Operand {
        TARGETING_KEY;

        @Override
        public Object value(EvaluationContext user, @Nullable CarryOver carried) {
            return user.targetingKey();
        }
    }

    /// `anonymous`: always a boolean.
    enum Anonymity implements Operand {
        ANONYMITY;

        @Override
        public Object value(EvaluationContext user, @Nullable CarryOver carried) {
            return user.anonymous();
        }
    }

    /// What the flag set's enrichment says; known when the query is compiled.
    record Fixed(@Nullable Object constant) implements Operand {
        @Override
        public @Nullable Object value(EvaluationContext user, @Nullable CarryOver carried) {
            return constant;
        }
    }

    /// A path into an object. A missing or null part makes the whole missing.
    final class Nested implements Operand {
        private final String name;
        private final String[] members;

        Nested(String name, String[] members) {
            this.name = name;
            this.members = members;
        }

        @Override
        public @Nullable Object value(EvaluationContext user, @Nullable CarryOver carried) {
            return descend(user.attributes().get(name), members);
        }
    }

    /// Any path, with the original's defect of what earlier lookups leave behind.
    record Carrying(Attributes attributes, List<String> names) implements Operand {
        @Override
        public @Nullable Object value(EvaluationContext user, @Nullable CarryOver carried) {
            return requireNonNull(carried, "carried").lookUp(names, attributes, user);
        }
    }

    static @Nullable Object descend(@Nullable Object start, String[] members) {
        Object value = start;
        for (String member : members) {
            if (value == null) return null;
            if (!(value instanceof Map<?, ?> map)) return NoPath.NO_PATH;
            value = map.get(member);
        }
        return value;
    }
}
