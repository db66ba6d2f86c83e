package dev.jackstaff.engine.flag;

import java.util.HashMap;
import java.util.Map;

/// One object for all equal ones of a file: variation names, metadata keys and paths come back in every flag. Lives as
/// long as one reading, and stops growing where a file has nothing that comes back. Not thread-safe.
final class Interned {
    private static final int MOST = 50_000;
    private static final int LONGEST = 100;

    private final Map<Object, Object> known = new HashMap<>();

    String text(String text) {
        return text.length() > LONGEST ? text : object(text);
    }

    <T> T object(T value) {
        @SuppressWarnings("unchecked") // equal objects of these kinds are of one class
        T known = (T) this.known.get(value);
        if (known != null) return known;
        if (this.known.size() < MOST) this.known.put(value, value);
        return value;
    }
}
