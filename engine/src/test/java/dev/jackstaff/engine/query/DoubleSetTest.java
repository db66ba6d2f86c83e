package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleSetTest {

    @Test
    void the_two_zeros_are_one_and_nan_is_in_no_set() {
        DoubleSet set = new DoubleSet(new double[]{-0.0, Double.NaN});
        assertThat(set.contains(0.0)).isTrue();
        assertThat(set.contains(-0.0)).isTrue();
        assertThat(set.contains(Double.NaN)).isFalse();
        assertThat(new DoubleSet(new double[0]).contains(0)).isFalse();
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void contains_its_members_and_nothing_else(long seed) {
        Random random = new Random(seed);
        for (int size = 0; size < 200; size++) {
            Set<Double> members = new HashSet<>();
            double[] list = new double[size];
            for (int i = 0; i < size; i++) {
                list[i] = random.nextInt(100) * (random.nextBoolean() ? 1.0 : 0.25);
                members.add(list[i]);
            }
            DoubleSet set = new DoubleSet(list);
            for (double number = 0; number < 100; number += 0.25)
                assertThat(set.contains(number)).isEqualTo(members.contains(number));
        }
    }

    @Test
    void neighbouring_whole_numbers_do_not_crowd() {
        double[] list = new double[100_000];
        for (int i = 0; i < list.length; i++) list[i] = i * 1024.0;
        DoubleSet set = new DoubleSet(list);
        for (double member : list) assertThat(set.contains(member)).isTrue();
    }
}
