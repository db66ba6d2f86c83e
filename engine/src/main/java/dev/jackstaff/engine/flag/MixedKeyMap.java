package dev.jackstaff.engine.flag;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A YAML map with at least one key that is not a string. It has no JSON form, and no typed request accepts it.
///
/// A type of its own, so that nobody takes it for an object by accident. Immutable.
public record MixedKeyMap(Map<@Nullable Object, @Nullable Object> entries) {
    public MixedKeyMap {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
