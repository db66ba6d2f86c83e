package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Node;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of variations and metadata, which may be anything: a node as a Java value of its own kind, as
/// [FlagDefinition] lists them. Where a key stands twice in a map, as it may in JSON, the last one counts.
final class UntypedValues {
    private final Interned interned;

    UntypedValues(Interned interned) {
        this.interned = interned;
    }

    @Nullable
    Object of(Node node) {
        if (node instanceof Node.Scalar scalar) return scalar(scalar);
        if (node instanceof Node.Sequence sequence) return list(sequence.items());
        return map(((Node.Mapping) node).members());
    }

    private @Nullable Object scalar(Node.Scalar scalar) {
        Object value = scalar.value();
        if (value instanceof String text) return interned.text(text);
        return value == null ? null : interned.object(value);
    }

    private List<@Nullable Object> list(List<Node> items) {
        @Nullable
        Object[] values = new @Nullable Object[items.size()];
        for (int i = 0; i < values.length; i++) values[i] = of(items.get(i));
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    private Object map(List<Node.Member> members) {
        for (Node.Member member : members)
            if (!(member.key().value() instanceof String)) return mixedKeyMap(members);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Node.Member member : members) map.put(interned.text(member.key().source()), of(member.value()));
        return OrderedMap.copyOf(map);
    }

    private MixedKeyMap mixedKeyMap(List<Node.Member> members) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Node.Member member : members) map.put(scalar(member.key()), of(member.value()));
        return new MixedKeyMap(map);
    }
}
