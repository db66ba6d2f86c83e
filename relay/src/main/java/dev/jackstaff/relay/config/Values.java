package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Free-form parts of a configuration as plain values, in the kinds that evaluation contexts have.
final class Values {
    private Values() {}

    /// Null, [Boolean], [Long], [Double], [String], [java.time.OffsetDateTime], [List], [Map] with string keys.
    static @Nullable Object of(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                    scalar.value() instanceof BigInteger number ? number.doubleValue() : scalar.value();
            case Node.Sequence list -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (Node item : list.items()) values.add(of(item));
                yield Collections.unmodifiableList(values);
            }
            case Node.Mapping map -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (Node.Member member : map.members()) values.put(member.key().source(), of(member.value()));
                yield Collections.unmodifiableMap(values);
            }
        };
    }
}
