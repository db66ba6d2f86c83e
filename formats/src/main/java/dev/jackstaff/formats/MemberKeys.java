package dev.jackstaff.formats;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of one map and the lines they are on. Most maps are small, so it only hashes when there are many.
final class MemberKeys {
    private static final int SMALL = 8;

    private String[] keys = new String[SMALL];
    private int[] lines = new int[SMALL];
    private int count;
    private @Nullable Map<String, Integer> index;

    /// Takes note of `key`. Returns 0, or the line of the same key before it.
    int add(String key, int line) {
        if (index != null) {
            Integer before = index.putIfAbsent(key, line);
            return before == null ? 0 : before;
        }
        for (int i = 0; i < count; i++) if (keys[i].equals(key)) return lines[i];
        if (count == SMALL) {
            index = new HashMap<>();
            for (int i = 0; i < count; i++) index.put(keys[i], lines[i]);
            return add(key, line);
        }
        keys[count] = key;
        lines[count++] = line;
        return 0;
    }
}
