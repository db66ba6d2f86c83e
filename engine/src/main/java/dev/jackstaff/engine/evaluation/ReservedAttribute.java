package dev.jackstaff.engine.evaluation;

import dev.jackstaff.engine.document.Rfc3339;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The members of attribute `gofeatureflag`, each ignored when it is not of its kind (evaluation rules of GO Feature
/// Flag, `modules/core/ffcontext/context.go`).
record ReservedAttribute(
        @Nullable Instant currentDateTime,
        @Nullable Set<String> flagList,
        Map<String, @Nullable Object> exporterMetadata) {

    private static final ReservedAttribute ABSENT = new ReservedAttribute(null, null, Map.of());

    static ReservedAttribute in(Map<String, @Nullable Object> attributes) {
        if (!(attributes.get(EvaluationContext.RESERVED) instanceof Map<?, ?> reserved)) return ABSENT;
        return new ReservedAttribute(
                date(reserved.get("currentDateTime")),
                names(reserved.get("flagList")),
                object(reserved.get("exporterMetadata")));
    }

    private static @Nullable Instant date(@Nullable Object value) {
        if (value instanceof OffsetDateTime date) return date.toInstant();
        if (!(value instanceof String text)) return null;
        OffsetDateTime date = Rfc3339.parse(text);
        return date == null ? null : date.toInstant();
    }

    private static @Nullable Set<String> names(@Nullable Object value) {
        if (!(value instanceof List<?> list)) return null;
        Set<String> names = new LinkedHashSet<>();
        for (Object item : list) if (item instanceof String name) names.add(name);
        return Collections.unmodifiableSet(names);
    }

    @SuppressWarnings("unchecked") // a copied attribute map has string keys
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
