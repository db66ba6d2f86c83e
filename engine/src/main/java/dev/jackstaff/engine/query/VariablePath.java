package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A path such as `company.roles.0` that `var` looks up; empty parts count for nothing. Immutable; looking up allocates
/// nothing, unless the path is that of all data.
final class VariablePath {
    private final Attributes attributes;
    private final String[] parts;
    private final @Nullable Operand first;

    VariablePath(String path, Attributes attributes) {
        this.attributes = attributes;
        this.parts = parts(path);
        this.first = parts.length == 0 ? null : attributes.operand(parts[0]);
    }

    static String[] parts(String path) {
        List<String> parts = new ArrayList<>();
        for (int from = 0, dot; from < path.length(); from = dot + 1) {
            dot = path.indexOf('.', from);
            if (dot < 0) dot = path.length();
            if (dot > from) parts.add(path.substring(from, dot));
        }
        return parts.toArray(String[]::new);
    }

    int length() {
        return parts.length;
    }

    /// What is at the path in `frame`; null where there is nothing.
    @Nullable
    Object in(EvaluationContext user, Frame frame) {
        boolean seesUser = frame.seesUser;
        if (first == null) return seesUser ? attributes.all(user) : Values.of(frame.data);
        Object value = seesUser ? first.value(user, null) : frame.data;
        for (int i = seesUser ? 1 : 0; i < parts.length && value != null; i++) value = member(value, parts[i]);
        return Values.of(value);
    }

    private static @Nullable Object member(Object container, String name) {
        if (container instanceof Map<?, ?> map) return map.get(name);
        if (!(container instanceof List<?> list)) return null;
        long index = Values.integer(GoFloat.parse(name, -1));
        return index >= 0 && index < list.size() ? list.get((int) index) : null;
    }
}
