package dev.jackstaff.engine.diff;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.flag.FlagDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What differs between two sets of flags.
///
/// Two definitions are the same when they say the same (`notifier/diff_cache.go` of GO Feature Flag): kinds of values
/// matter, so that `1` and `1.0` differ; absent differs from an explicit default; lists have an order and maps have none;
/// dates are compared as instants; NaN is never the same as itself. Where a flag stands in its file, and what a file says
/// that is no part of a flag, does not matter. Immutable.
///
/// @param deleted flags only in the set before, in its order
/// @param added   flags only in the set after, in its order
/// @param updated flags in both that are not the same, in the order of the set after
public record Changes(
        Map<String, FlagDefinition> deleted, Map<String, FlagDefinition> added, Map<String, Update> updated) {

    /// A flag that was changed.
    public record Update(FlagDefinition before, FlagDefinition after) {
        public Update {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }

        /// Whether the flag's own `disable` changed to true.
        public boolean turnsOff() {
            return !disabled(before) && disabled(after);
        }

        /// Whether the flag's own `disable` changed from true.
        public boolean turnsOn() {
            return disabled(before) && !disabled(after);
        }

        private static boolean disabled(FlagDefinition flag) {
            return Boolean.TRUE.equals(flag.disable());
        }
    }

    public Changes {
        deleted = Collections.unmodifiableMap(new LinkedHashMap<>(deleted));
        added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
        updated = Collections.unmodifiableMap(new LinkedHashMap<>(updated));
    }

    /// What has to happen to `before` to make it `after`. Cost: O(size of both), one look-up a flag.
    public static Changes between(Map<String, FlagDefinition> before, Map<String, FlagDefinition> after) {
        Map<String, FlagDefinition> deleted = new LinkedHashMap<>();
        Map<String, FlagDefinition> added = new LinkedHashMap<>();
        Map<String, Update> updated = new LinkedHashMap<>();
        before.forEach((key, flag) -> {
            if (!after.containsKey(key)) deleted.put(key, flag);
        });
        after.forEach((key, flag) -> {
            FlagDefinition old = before.get(key);
            if (old == null) added.put(key, flag);
            else if (!Sameness.of(old, flag)) updated.put(key, new Update(old, flag));
        });
        return new Changes(deleted, added, updated);
    }

    public boolean isEmpty() {
        return deleted.isEmpty() && added.isEmpty() && updated.isEmpty();
    }
}
