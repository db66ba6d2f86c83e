package dev.jackstaff.engine.flag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void every_place_comes_back_wherever_it_is(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Map<String, Location> parts = new LinkedHashMap<>();
            for (int part = random.nextInt(60); part > 0; part--) parts.put("part" + part, place(random));
            Location flag = place(random);
            Locations locations = Locations.from(flag, parts);
            assertThat(locations.flag()).isEqualTo(flag);
            parts.forEach((path, place) -> assertThat(locations.of(path)).isEqualTo(place));
        }
    }

    private static Location place(Random random) {
        return new Location("f", random.nextInt(1 << random.nextInt(31)), random.nextInt(1 << random.nextInt(31)));
    }

    @Test
    void the_source_as_a_whole_is_a_place_too() {
        assertThat(Locations.from(Location.of("f"), Map.of()).flag()).isEqualTo(Location.of("f"));
    }

    @Test
    void locations_say_nothing_about_what_a_flag_means() {
        Locations here = Locations.from(new Location("f", 1, 1), Map.of());
        Locations there = Locations.from(new Location("g", 2, 2), Map.of("x", new Location("g", 3, 3)));
        assertThat(here).isEqualTo(there).hasSameHashCodeAs(there).isNotEqualTo("f:1:1");
    }
}
