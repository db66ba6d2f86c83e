package dev.jackstaff.engine.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedMapTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 9, 50})
    void a_copy_is_the_same_map_in_the_same_order(int size) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = size; i > 0; i--) map.put("key" + i, i == 3 ? null : i);
        Map<String, Object> copy = OrderedMap.copyOf(map);
        assertThat(copy).isEqualTo(map)
                .hasSameHashCodeAs(map)
                .hasToString(map.toString())
                .hasSize(size)
                .isUnmodifiable();
        assertThat(map).isEqualTo(copy);
        assertThat(copy.keySet()).containsExactlyElementsOf(map.keySet());
        assertThat(copy.values()).containsExactlyElementsOf(map.values());
        map.forEach((key, value) -> {
            assertThat(copy).containsKey(key);
            assertThat(copy.get(key)).isEqualTo(value);
        });
        assertThat(copy.containsKey("other")).isFalse();
        assertThat(copy.get("other")).isNull();
        assertThat(copy.get(null)).isNull();
        map.put("later", 1);
        assertThat(copy).hasSize(size);
        var entries = copy.entrySet().iterator();
        for (int i = 0; i < size; i++) entries.next();
        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }
}
