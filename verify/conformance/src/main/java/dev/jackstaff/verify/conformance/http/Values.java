package dev.jackstaff.verify.conformance.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Plain JSON values as what they are meant to be. A corpus with another shape is a mistake in the corpus, and an
/// exception.
final class Values {
    private Values() {}

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }

    @SuppressWarnings("unchecked")
    static @Nullable List<Map<String, @Nullable Object>> objectsOrNull(@Nullable Object value) {
        return (List<Map<String, @Nullable Object>>) value;
    }

    /// None, one or several texts.
    static List<String> texts(@Nullable Object value) {
        if (value == null) return List.of();
        if (value instanceof List<?> list) return list.stream().map(String::valueOf).toList();
        return List.of(String.valueOf(value));
    }

    static String text(Map<String, @Nullable Object> of, String member) {
        return Objects.requireNonNull((String) of.get(member), member);
    }

    static double number(Map<String, @Nullable Object> of, String member, double otherwise) {
        return of.get(member) instanceof Double number ? number : otherwise;
    }
}
