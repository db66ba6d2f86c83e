package dev.jackstaff.engine.flag;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The few entries that variations, percentages and metadata have, in file order, in a third of the memory of a
/// [LinkedHashMap]: a flag set of 100,000 flags has some 500,000 such maps. Looks up by walking. Immutable.
final class OrderedMap<V extends @Nullable Object> extends AbstractMap<String, V> {
    /// Walking this many keys costs about what a hash look-up does.
    private static final int SMALL = 8;

    /// Key, value, key, value.
    private final @Nullable Object[] entries;

    private OrderedMap(@Nullable Object[] entries) {
        this.entries = entries;
    }

    /// An immutable copy of `map` in its order, whatever its size.
    static <V extends @Nullable Object> Map<String, V> copyOf(Map<String, V> map) {
        if (map.size() > SMALL) return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        @Nullable
        Object[] entries = new @Nullable Object[2 * map.size()];
        int at = 0;
        for (Map.Entry<String, V> entry : map.entrySet()) {
            entries[at++] = entry.getKey();
            entries[at++] = entry.getValue();
        }
        return Collections.unmodifiableMap(new OrderedMap<>(entries));
    }

    @Override
    public int size() {
        return entries.length / 2;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        int at = find(key);
        return at < 0 ? null : valueAt(at);
    }

    private int find(@Nullable Object key) {
        for (int at = 0; at < entries.length; at += 2) if (entries[at].equals(key)) return at;
        return -1;
    }

    @SuppressWarnings("unchecked") // copyOf put a V there
    private V valueAt(int at) {
        return (V) entries[at + 1];
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return OrderedMap.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Iterator<>() {
                    private int at;

                    @Override
                    public boolean hasNext() {
                        return at < entries.length;
                    }

                    @Override
                    public Map.Entry<String, V> next() {
                        if (!hasNext()) throw new NoSuchElementException();
                        at += 2;
                        return new SimpleImmutableEntry<>((String) entries[at - 2], valueAt(at - 2));
                    }
                };
            }
        };
    }
}
