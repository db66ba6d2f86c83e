package dev.jackstaff.engine.query;

import dev.jackstaff.engine.document.Rfc3339;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value that a JsonLogic rule consists of, with where it stands in the query's text. Immutable.
sealed interface Json {

    /// Offset of the first character in the prepared text; 0 for what comes from data.
    int start();

    /// Offset behind the last character; 0 for what comes from data.
    int end();

    /// The same as an attribute value: null, [Boolean], [Double], [String], [List] or [Map].
    @Nullable
    Object value();

    /// null, a boolean, a number or a string.
    record Scalar(int start, int end, @Nullable Object value) implements Json {
        boolean isNull() {
            return value == null;
        }
    }

    record Array(int start, int end, List<Json> items) implements Json {
        @Override
        public int levels() {
            return 1 + items.stream().mapToInt(Json::levels).max().orElse(0);
        }

        @Override
        public List<@Nullable Object> value() {
            List<@Nullable Object> values = new ArrayList<>(items.size());
            for (Json item : items) values.add(item.value());
            return Collections.unmodifiableList(values);
        }
    }

    /// @param members in text order; of members with one name only the last
    record Members(int start, int end, Map<String, Json> members) implements Json {
        @Override
        public int levels() {
            return 1 + members.values().stream().mapToInt(Json::levels).max().orElse(0);
        }

        @Override
        public Map<String, @Nullable Object> value() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, Json> member : members.entrySet())
                values.put(member.getKey(), member.getValue().value());
            return Collections.unmodifiableMap(values);
        }

        /// The only member, where an object stands for an operation.
        Map.@Nullable Entry<String, Json> operation() {
            return members.size() == 1 ? members.entrySet().iterator().next() : null;
        }
    }

    /// How many values lie inside each other, 1 for a scalar.
    default int levels() {
        return 1;
    }

    /// A value of the data as a rule: the original evaluates some values a second time.
    static Json of(@Nullable Object value, Run run) {
        Term.step(run);
        Term.read(run, value);
        if (value instanceof List<?> list) {
            List<Json> items = new ArrayList<>(list.size());
            for (Object item : list) items.add(of(item, run));
            return new Array(0, 0, items);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (Map.Entry<?, ?> member : map.entrySet())
                members.put(String.valueOf(member.getKey()), of(member.getValue(), run));
            return new Members(0, 0, members);
        }
        if (value instanceof OffsetDateTime date) return new Scalar(0, 0, Rfc3339.format(date));
        return new Scalar(0, 0, value instanceof Long number ? (Object) (double) number : value);
    }
}
