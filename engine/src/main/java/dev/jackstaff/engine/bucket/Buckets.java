package dev.jackstaff.engine.bucket;

import java.util.Comparator;

/// The place of a key in an audience: FNV-1a, 32 bits, over the UTF-8 bytes of the flag key and then the bucketing key.
///
/// No separator, no case folding; the flag key comes first (`modules/core/utils/hash.go` of GO Feature Flag, whose
/// documentation has it the other way round). As the flag key is known when a flag is compiled, its part of the hash is
/// a number ([#seed]) and evaluating hashes only the bucketing key.
///
/// A surrogate without its partner counts as U+FFFD, as it does once it has been through JSON.
public final class Buckets {

    /// Ascending byte order of UTF-8, the order of Go's strings; it differs from Java's where a supplementary character
    /// meets one from U+E000 on.
    public static final Comparator<String> BYTE_ORDER = Buckets::compareBytes;

    private static final int OFFSET_BASIS = 0x811C9DC5;
    private static final int PRIME = 0x01000193;
    private static final int REPLACEMENT = 0xFFFD;
    private static final double PER_PERCENT = 1000;
    private static final long MAX_UNSIGNED = 0xFFFF_FFFFL;

    private Buckets() {}

    /// The state of the hash after `flagKey`.
    public static int seed(String flagKey) {
        return hash(OFFSET_BASIS, flagKey);
    }

    /// The hash of a flag key, given by its seed, and a bucketing key. Unsigned.
    ///
    /// Cost: one multiplication a byte, no allocation.
    public static int hash(int seed, String bucketingKey) {
        int hash = seed;
        for (int i = 0; i < bucketingKey.length(); i++) {
            char c = bucketingKey.charAt(i);
            if (c >= 0x80) return hashWide(hash, bucketingKey, i);
            hash = (hash ^ c) * PRIME;
        }
        return hash;
    }

    /// Apart from [#hash] so that the loop nearly every key stays in is small enough to be compiled into its caller.
    private static int hashWide(int hash, String text, int from) {
        for (int i = from; i < text.length();) {
            int c = codePointAt(text, i);
            i += Character.charCount(c);
            if (c < 0x80) {
                hash = (hash ^ c) * PRIME;
                continue;
            }
            if (c < 0x800) {
                hash = (hash ^ (0xC0 | (c >> 6))) * PRIME;
            } else {
                if (c < 0x10000) {
                    hash = (hash ^ (0xE0 | (c >> 12))) * PRIME;
                } else {
                    hash = (hash ^ (0xF0 | (c >> 18))) * PRIME;
                    hash = (hash ^ (0x80 | ((c >> 12) & 0x3F))) * PRIME;
                }
                hash = (hash ^ (0x80 | ((c >> 6) & 0x3F))) * PRIME;
            }
            hash = (hash ^ (0x80 | (c & 0x3F))) * PRIME;
        }
        return hash;
    }

    /// The bucket, counted from 0, of an unsigned hash among `count` buckets; 0 when there is none.
    static long bucket(int hash, long count) {
        return count == 0 ? 0 : Integer.toUnsignedLong(hash) % count;
    }

    /// Percent in buckets, not yet cut to a whole number.
    static double inBuckets(double percent) {
        return percent * PER_PERCENT;
    }

    /// A double cut to an unsigned number of 32 bits. What lies outside ends at the nearest bound, and NaN at 0, as on
    /// arm64 and in WebAssembly; the original on amd64 wraps instead.
    static long toUnsigned(double number) {
        return Math.min(Math.max((long) number, 0), MAX_UNSIGNED);
    }

    private static int compareBytes(String a, String b) {
        int i = 0, j = 0;
        while (i < a.length() && j < b.length()) {
            int x = codePointAt(a, i), y = codePointAt(b, j);
            if (x != y) return Integer.compare(x, y);
            i += Character.charCount(x);
            j += Character.charCount(y);
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int codePointAt(String text, int index) {
        int c = text.codePointAt(index);
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c;
    }
}
