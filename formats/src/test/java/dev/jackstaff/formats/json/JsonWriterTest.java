package dev.jackstaff.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.engine.flag.MixedKeyMap;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void html_characters_and_line_separators_are_escaped_and_other_text_is_raw() {
        assertThat(written("<&>\u2028\u2029 é ½ 😀 \u007f"))
                .isEqualTo("\"\\u003c\\u0026\\u003e\\u2028\\u2029 é ½ 😀 \u007f\"\n");
    }

    @Test
    void control_characters_are_escaped_in_lower_case_hex_or_by_their_letter() {
        assertThat(written("\b\f\n\r\t\u0000\u001f\"\\/"))
                .isEqualTo("\"\\b\\f\\n\\r\\t\\u0000\\u001f\\\"\\\\/\"\n");
    }

    @Test
    void names_follow_the_same_rules_as_values() {
        assertThat(written(Map.of("<k>", "v"))).isEqualTo("{\"\\u003ck\\u003e\":\"v\"}\n");
    }

    @Test
    void maps_are_written_in_the_byte_order_of_their_keys() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String key : List.of("b", "\uFFFD", "a", "😀", "B", "é", "")) map.put(key, 1L);
        assertThat(written(map)).isEqualTo("{\"\":1,\"B\":1,\"a\":1,\"b\":1,\"é\":1,\"\uFFFD\":1,\"😀\":1}\n");
    }

    @Test
    void the_byte_order_of_strings_is_that_of_their_utf_8_bytes() {
        List<String> keys =
                new ArrayList<>(List.of("a", "ab", "", "é", "z", "\uE000", "\uFFFF", "😀", "😀a", "\uD800\uDC00"));
        for (String a : keys)
            for (String b : keys)
                assertThat(Integer.signum(JsonWriter.inByteOrder(a, b)))
                        .as(a + " and " + b)
                        .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void every_kind_of_value_has_its_json_form() {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(null);
        values.addAll(List.of(
                true,
                7L,
                Long.MIN_VALUE,
                1.0,
                2.5,
                1e-7,
                new BigInteger("18446744073709551615"),
                OffsetDateTime.parse("2024-01-02T00:00:00+02:00"),
                Map.of(),
                List.of()));
        assertThat(written(values))
                .isEqualTo("[null,true,7,-9223372036854775808,1,2.5,1e-7,18446744073709551615,"
                        + "\"2024-01-02T00:00:00+02:00\",{},[]]\n");
    }

    @Test
    void pretty_text_is_indented_by_two_spaces_and_empty_containers_stay_closed() {
        Body body = JsonWriter.write(true, json -> json.value(new LinkedHashMap<>(Map.of("a", List.of(1L, Map.of())))));
        assertThat(text(body)).isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ]\n}\n");
    }

    @Test
    void a_member_can_be_added_to_a_map_in_its_place() {
        Name name = Name.of("m");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1L);
        map.put("a", 2L);
        assertThat(text(JsonWriter.write(false, json -> json.beginObject()
                .memberWith(name, map, "m", true)
                .endObject())))
                .isEqualTo("{\"m\":{\"a\":2,\"m\":true,\"z\":1}}\n");
        assertThat(map).containsOnlyKeys("z", "a");
    }

    @Test
    void an_added_member_wins_over_one_of_the_same_name() {
        assertThat(text(JsonWriter.write(false, json -> json.beginObject()
                .memberWith(Name.of("m"), Map.of("a", 2L), "a", true)
                .endObject())))
                .isEqualTo("{\"m\":{\"a\":true}}\n");
    }

    @Test
    void what_has_no_json_form_is_refused() {
        for (Object value : List.of(Double.NaN, Double.NEGATIVE_INFINITY, new MixedKeyMap(Map.of(1L, 2L))))
            assertThatThrownBy(() -> written(value)).isInstanceOf(UnencodableValueException.class);
    }

    @Test
    void a_long_text_is_whole() {
        String longText = "0123456789abcdef".repeat(5_000);
        assertThat(written(longText)).isEqualTo("\"" + longText + "\"\n");
    }

    private static String written(@Nullable Object value) {
        return text(JsonWriter.write(false, json -> json.value(value)));
    }

    private static String text(Body body) {
        return new String(body.copy(), StandardCharsets.UTF_8);
    }
}
