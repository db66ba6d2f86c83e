package dev.jackstaff.engine.snapshot;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A flag's metadata with the name of the rule that decided laid over it. A view, so that a flag with much metadata and
/// many rules holds its metadata once.
final class RuleMetadata extends AbstractMap<String, @Nullable Object> {
    static final String RULE_NAME = "evaluatedRuleName";

    private final Map<String, @Nullable Object> metadata;
    private final String ruleName;

    private RuleMetadata(Map<String, @Nullable Object> metadata, String ruleName) {
        this.metadata = metadata;
        this.ruleName = ruleName;
    }

    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> metadata, String ruleName) {
        return metadata.isEmpty()
                ? Map.of(RULE_NAME, ruleName)
                : Collections.unmodifiableMap(new RuleMetadata(metadata, ruleName));
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return RULE_NAME.equals(key) ? ruleName : metadata.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return RULE_NAME.equals(key) || metadata.containsKey(key);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, @Nullable Object>> {
        @Override
        public int size() {
            return metadata.containsKey(RULE_NAME) ? metadata.size() : metadata.size() + 1;
        }

        @Override
        public Iterator<Entry<String, @Nullable Object>> iterator() {
            return new Iterator<>() {
                private final Iterator<Entry<String, @Nullable Object>> rest = metadata.entrySet().iterator();
                private @Nullable Entry<String, @Nullable Object> next =
                        new SimpleImmutableEntry<>(RULE_NAME, ruleName);

                @Override
                public boolean hasNext() {
                    return next != null;
                }

                @Override
                public Entry<String, @Nullable Object> next() {
                    Entry<String, @Nullable Object> given = next;
                    if (given == null) throw new NoSuchElementException();
                    next = rest.hasNext() ? rest.next() : null;
                    if (next != null && next.getKey().equals(RULE_NAME)) next = rest.hasNext() ? rest.next() : null;
                    return given;
                }
            };
        }
    }
}
