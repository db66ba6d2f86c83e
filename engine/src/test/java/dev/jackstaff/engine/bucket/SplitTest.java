package dev.jackstaff.engine.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    @Test
    void variations_lie_in_descending_byte_order_of_their_names() {
        Split split = Split.of(Map.of("A", 50.0, "B", 50.0));
        assertThat(split.variations()).containsExactly("B", "A");
        assertThat(split.buckets()).isEqualTo(100_000);
        assertThat(List.of(ownerAt(split, 0), ownerAt(split, 49_999))).containsOnly("B");
        assertThat(List.of(ownerAt(split, 50_000), ownerAt(split, 99_999))).containsOnly("A");
    }

    /// Java's own order has them the other way round.
    @Test
    void a_supplementary_character_comes_after_the_last_characters_of_the_basic_plane() {
        assertThat(Split.of(Map.of("\uffee", 1.0, "\ud83d\ude00", 1.0)).variations())
                .containsExactly("\ud83d\ude00", "\uffee");
    }

    @Test
    void weights_need_not_add_up_to_100() {
        Split split = Split.of(Map.of("A", 1.0, "B", 1.0, "C", 1.0));
        assertThat(split.buckets()).isEqualTo(3_000);
        assertThat(ownerAt(split, 2_494)).isEqualTo("A"); // vector 20
    }

    @Test
    void weights_below_one_bucket_leave_everybody_without_a_variation() {
        for (Split split : List.of(Split.of(Map.of("A", 0.0, "B", 0.0)), Split.of(Map.of("A", 0.0001)))) {
            assertThat(split.buckets()).isZero();
            assertThat(split.isComplete()).isFalse();
            assertThat(split.owner(split.bucket(12345))).isEqualTo(-1); // vectors 22, 23
        }
    }

    @Test
    void infinite_and_undefined_weights_end_at_the_bounds() {
        assertThat(Split.of(Map.of("A", Double.POSITIVE_INFINITY)).buckets()).isEqualTo(4_294_967_295L);
        assertThat(Split.of(Map.of("A", Double.NaN)).buckets()).isZero();
    }

    /// E-D3: the original adds up in random order and gets 100000 or 99999.
    @Test
    void d3_the_modulus_of_fractional_weights_is_fixed() {
        Split split = Split.of(Map.of("A", 33.3, "B", 33.3, "C", 33.4));
        assertThat(split.buckets()).isEqualTo(100_000);
        assertThat(ownerAt(split, 44_256)).isEqualTo("B"); // vector 35
        assertThat(ownerAt(split, 99_999)).isEqualTo("A");
    }

    /// E-D3, as measured for the original: 498,501 ways to split 100 in three with one decimal.
    @Test
    void d3_nearly_every_three_way_split_of_100_has_100000_buckets() {
        int ways = 0, others = 0;
        for (int a = 1; a < 1000; a++) {
            for (int b = 1; a + b < 1000; b++) {
                ways++;
                Split split = Split.of(Map.of("A", a / 10.0, "B", b / 10.0, "C", (1000 - a - b) / 10.0));
                if (split.buckets() != 100_000) others++;
            }
        }
        assertThat(ways).isEqualTo(498_501);
        assertThat(others).isEqualTo(10);
    }

    /// E-D3: where order does not matter the modulus is the original's only one.
    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void d3_the_modulus_is_one_the_original_can_have(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            List<Double> weights = weights(random, 1 + random.nextInt(4));
            List<Long> possible = new ArrayList<>();
            for (int order = 0; order < 60; order++) {
                Collections.shuffle(weights, random);
                double sum = 0;
                for (double weight : weights) sum += weight;
                possible.add((long) (sum * 1000));
            }
            assertThat(possible).contains(Split.of(named(weights)).buckets());
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void the_runs_of_a_split_are_a_partition_of_its_buckets(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Split split = Split.of(named(weights(random, 1 + random.nextInt(6))));
            assertThat(split.from(0)).isZero();
            long end = 0;
            for (int v = 0; v < split.variations().size(); v++) {
                long from = Math.min(split.from(v), split.buckets()), to = Math.min(split.from(v + 1), split.buckets());
                assertThat(from).isEqualTo(end).isLessThanOrEqualTo(to);
                if (from < to) {
                    assertThat(split.owner(from)).isEqualTo(v);
                    assertThat(split.owner(to - 1)).isEqualTo(v);
                }
                end = to;
            }
            assertThat(end).isEqualTo(split.buckets());
        }
    }

    /// The gap that rounding leaves goes to the last variation that is to have anybody at all.
    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void a_variation_of_weight_zero_owns_no_bucket(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Map<String, Double> weights = named(weights(random, 5));
            weights.put("0", 0.0);
            Split split = Split.of(weights);
            assertThat(split.variations().get(5)).isEqualTo("0");
            assertThat(split.owner(split.buckets() - 1)).isLessThan(5);
        }
    }

    /// E-D4: runs overlap where weights are negative; the original draws one of them.
    @Test
    void d4_with_negative_weights_the_first_run_in_order_has_the_bucket() {
        Split split = Split.of(Map.of("B", 110.0, "A", -10.0)); // vector 24
        assertThat(split.buckets()).isEqualTo(100_000);
        assertThat(ownerAt(split, 44_256)).isEqualTo("B");
        Split overlapping = Split.of(Map.of("C", 60.0, "B", -20.0, "A", 60.0));
        assertThat(overlapping.isComplete()).isFalse();
        assertThat(ownerAt(overlapping, 50_000)).isEqualTo("C");
    }

    /// E-D4: arm64 and WebAssembly saturate, amd64 wraps; saturation it is (vector 25).
    @Test
    void d4_a_negative_end_is_bucket_0() {
        Split split = Split.of(Map.of("A", 110.0, "B", -10.0));
        assertThat(split.from(1)).isZero();
        assertThat(ownerAt(split, 44_256)).isEqualTo("A");
    }

    private static String ownerAt(Split split, long bucket) {
        return split.variations().get(split.owner(bucket));
    }

    /// Weights from whole numbers to three decimals, adding up to at least one bucket.
    private static List<Double> weights(Random random, int count) {
        double step = List.of(1.0, 10.0, 100.0, 1000.0).get(random.nextInt(4));
        return new ArrayList<>(DoubleStream.generate(() -> (1 + random.nextInt(100_000)) / step / 10)
                .limit(count)
                .boxed()
                .toList());
    }

    private static Map<String, Double> named(List<Double> weights) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (double weight : weights) named.put("v" + named.size(), weight);
        return named;
    }
}
