package dev.jackstaff.formats.json;

import org.jspecify.annotations.Nullable;

/// Short texts that come again and again in one request, each once in memory, as long as not too many others come in between.
///
/// Cost: a look at each character, twice for a text that has come before. Not thread-safe.
final class Repeats {
    private static final int LONGEST = 32;
    private static final int PLACES = 256; // a power of two

    private final @Nullable String[] known = new String[PLACES];

    String of(char[] characters, int from, int length) {
        if (length > LONGEST) return new String(characters, from, length);
        int hash = length;
        for (int i = from; i < from + length; i++) hash = 31 * hash + characters[i];
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        String before = known[place];
        if (before != null && is(before, characters, from, length)) return before;
        String text = new String(characters, from, length);
        known[place] = text;
        return text;
    }

    private static boolean is(String text, char[] characters, int from, int length) {
        if (text.length() != length) return false;
        for (int i = 0; i < length; i++) if (text.charAt(i) != characters[from + i]) return false;
        return true;
    }
}
