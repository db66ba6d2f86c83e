package dev.jackstaff.engine.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {

    @Test
    void the_hash_is_fnv_1a_over_flag_key_then_bucketing_key() {
        assertThat(Integer.toUnsignedLong(hash("f", "user-1"))).isEqualTo(3165944256L);
    }

    @ParameterizedTest
    @CsvSource({"f, user-1, 44256", "f, user-2, 77113", "f, user-5, 54732", "f, k, 44374", "f, é😀, 44616",
        "flag-ü, x, 54315"})
    void buckets_of_the_vectors(String flagKey, String bucketingKey, int expected) {
        assertThat(Buckets.bucket(hash(flagKey, bucketingKey), 100_000)).isEqualTo(expected);
    }

    @Test
    void a_lone_surrogate_is_hashed_as_the_replacement_character() {
        assertThat(hash("f", "\ud800")).isEqualTo(hash("f", "\ufffd"));
        assertThat(hash("f", "a\udc00b")).isEqualTo(hash("f", "a\ufffdb"));
    }

    /// Each key is a string of its own in JSON, so halves of a pair do not find each other across the border.
    @Test
    void surrogates_do_not_pair_up_across_the_two_keys() {
        assertThat(hash("f\ud83d", "\ude00")).isEqualTo(hash("f\ufffd", "\ufffd"));
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void hashing_characters_equals_hashing_the_bytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String flagKey = text(random), bucketingKey = text(random);
            assertThat(hash(flagKey, bucketingKey)).isEqualTo(overBytes(flagKey + bucketingKey));
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void names_are_ordered_by_their_bytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String a = text(random), b = random.nextBoolean() ? text(random) : a + text(random);
            int expected = Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(Buckets.BYTE_ORDER.compare(a, b))).isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void doubles_out_of_range_end_at_the_bounds() {
        assertThat(Buckets.toUnsigned(-0.1)).isZero();
        assertThat(Buckets.toUnsigned(Double.NaN)).isZero();
        assertThat(Buckets.toUnsigned(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Buckets.toUnsigned(99_999.999)).isEqualTo(99_999);
        assertThat(Buckets.toUnsigned(1e300)).isEqualTo(4_294_967_295L);
        assertThat(Buckets.toUnsigned(Double.POSITIVE_INFINITY)).isEqualTo(4_294_967_295L);
    }

    private static int hash(String flagKey, String bucketingKey) {
        return Buckets.hash(Buckets.seed(flagKey), bucketingKey);
    }

    private static int overBytes(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (b & 0xff)) * 16777619;
        return hash;
    }

    /// Up to nine code points of all UTF-8 lengths.
    private static String text(Random random) {
        int[] limits = {0x80, 0x800, 0xD800, 0x110000};
        int[] points = IntStream.range(0, random.nextInt(10))
                .map(i -> random.nextInt(limits[random.nextInt(limits.length)]))
                .map(c -> c >= 0xD800 && c < 0xE000 ? 0xFFFD : c)
                .toArray();
        return new String(points, 0, points.length);
    }
}
