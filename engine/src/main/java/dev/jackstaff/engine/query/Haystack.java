package dev.jackstaff.engine.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A list of texts and numbers that `in` looks into. Immutable; looking up allocates nothing.
///
/// A number is also in the list when a text of it reads as that number, and a text that is no number reads as 0.
final class Haystack {
    private final Set<String> texts;
    private final DoubleSet numbers;

    private Haystack(Set<String> texts, DoubleSet numbers) {
        this.texts = texts;
        this.numbers = numbers;
    }

    /// `value` as a haystack, or null when it is no list, or one whose items have to be looked at one by one.
    static @Nullable Haystack of(@Nullable Object value) {
        if (!(value instanceof List<?> list)) return null;
        Set<String> texts = new HashSet<>();
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(list.get(i) instanceof String || Values.isNumber(list.get(i)))) return null;
            if (list.get(i) instanceof String text) texts.add(text);
            numbers[i] = Values.arithmetic(list.get(i));
        }
        return new Haystack(texts, new DoubleSet(numbers));
    }

    boolean contains(@Nullable Object value) {
        if (value instanceof String text) return texts.contains(text);
        return Values.isNumber(value) && contains(Values.arithmetic(value));
    }

    boolean contains(double number) {
        return numbers.contains(number);
    }
}
