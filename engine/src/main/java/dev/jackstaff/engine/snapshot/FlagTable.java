package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.bucket.Buckets;
import dev.jackstaff.engine.flag.FlagDefinition;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The flags of a snapshot: by key, and in the byte order of their keys. Immutable.
final class FlagTable {
    private static final Comparator<CompiledFlag> BY_KEY = (a, b) -> Buckets.BYTE_ORDER.compare(a.key(), b.key());

    private final Map<String, CompiledFlag> byKey;
    private final CompiledFlag[] inOrder;

    private FlagTable(Map<String, CompiledFlag> byKey, CompiledFlag[] inOrder) {
        this.byKey = byKey;
        this.inOrder = inOrder;
    }

    static FlagTable of(Collection<CompiledFlag> flags) {
        Map<String, CompiledFlag> byKey = new HashMap<>(flags.size() * 2);
        for (CompiledFlag flag : flags) byKey.put(flag.key(), flag);
        return new FlagTable(byKey, sorted(flags.toArray(new CompiledFlag[0])));
    }

    @Nullable
    CompiledFlag get(String key) {
        return byKey.get(key);
    }

    boolean isEmpty() {
        return inOrder.length == 0;
    }

    /// All flags. Not to be written to.
    CompiledFlag[] inOrder() {
        return inOrder;
    }

    /// Those of `keys` that exist.
    CompiledFlag[] inOrder(Set<String> keys) {
        return sorted(keys.stream().map(byKey::get).filter(Objects::nonNull).toArray(CompiledFlag[]::new));
    }

    /// The definitions in the same order.
    Map<String, FlagDefinition> definitions() {
        return new Definitions();
    }

    private static CompiledFlag[] sorted(CompiledFlag[] flags) {
        Arrays.sort(flags, BY_KEY);
        return flags;
    }

    private final class Definitions extends AbstractMap<String, FlagDefinition> {
        @Override
        public @Nullable FlagDefinition get(@Nullable Object key) {
            CompiledFlag flag = byKey.get(key);
            return flag == null ? null : flag.definition();
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return byKey.containsKey(key);
        }

        @Override
        public Set<Entry<String, FlagDefinition>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return inOrder.length;
                }

                @Override
                public Iterator<Entry<String, FlagDefinition>> iterator() {
                    return Arrays.stream(inOrder)
                            .map(flag -> Map.entry(flag.key(), flag.definition()))
                            .iterator();
                }
            };
        }
    }
}
