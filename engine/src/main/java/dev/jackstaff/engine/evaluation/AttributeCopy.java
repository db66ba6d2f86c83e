package dev.jackstaff.engine.evaluation;

import dev.jackstaff.engine.document.WellFormed;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One deep copy of a caller's attributes into the engine's kinds, and their size on the way. Used once.
final class AttributeCopy {
    /// Deeper attributes are a mistake or an attack; evaluation would recurse as deep.
    private static final int MAX_DEPTH = 1_000;

    private long size;
    private boolean jsonForm = true;

    /// Whether all values have a JSON form, which NaN and infinity have not.
    boolean jsonForm() {
        return jsonForm;
    }

    /// Characters plus entries of everything copied.
    long size() {
        return size;
    }

    Map<String, @Nullable Object> of(Map<?, ? extends @Nullable Object> attributes) {
        return map(attributes, "", 0);
    }

    private Map<String, @Nullable Object> map(Map<?, ? extends @Nullable Object> map, String path, int depth) {
        if (depth > MAX_DEPTH)
            throw new IllegalArgumentException("attributes nested deeper than " + MAX_DEPTH + ": " + path);
        Map<String, @Nullable Object> copy = new HashMap<>(map.size() * 2);
        for (Map.Entry<?, ? extends @Nullable Object> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name))
                throw new IllegalArgumentException("attribute name is no string: " + path + "." + entry.getKey());
            size += 1 + name.length();
            copy.put(WellFormed.text(name), value(entry.getValue(), path, name, depth));
        }
        return Collections.unmodifiableMap(copy);
    }

    private @Nullable Object value(@Nullable Object value, String path, String name, int depth) {
        if (value instanceof String text) {
            size += text.length();
            return WellFormed.text(text);
        }
        if (value instanceof Double number) jsonForm &= Double.isFinite(number);
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Double) return value;
        if (value instanceof Integer || value instanceof Short || value instanceof Byte)
            return ((Number) value).longValue();
        if (value instanceof Number number) return value(number.doubleValue(), path, name, depth);
        String here = path.isEmpty() ? name : path + "." + name;
        if (value instanceof Map<?, ?> map) return map(map, here, depth + 1);
        if (value instanceof Collection<?> items) return list(items, here, depth + 1);
        if (value instanceof OffsetDateTime date) return date;
        if (value instanceof ZonedDateTime date) return date.toOffsetDateTime();
        if (value instanceof Instant instant) return instant.atOffset(ZoneOffset.UTC);
        if (value instanceof Date date) return date.toInstant().atOffset(ZoneOffset.UTC);
        if (value instanceof CharSequence || value instanceof Character || value instanceof Enum)
            return value(value.toString(), path, name, depth);
        throw new IllegalArgumentException("attribute " + here + " has no kind here: " + value.getClass().getName());
    }

    private List<@Nullable Object> list(Collection<?> items, String path, int depth) {
        if (depth > MAX_DEPTH)
            throw new IllegalArgumentException("attributes nested deeper than " + MAX_DEPTH + ": " + path);
        List<@Nullable Object> copy = new ArrayList<>(items.size());
        for (Object item : items) {
            size++;
            copy.add(value(item, path, Integer.toString(copy.size()), depth));
        }
        return Collections.unmodifiableList(copy);
    }
}
