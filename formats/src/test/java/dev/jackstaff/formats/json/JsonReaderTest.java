package dev.jackstaff.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void whole_numbers_directly_below_are_integers_and_all_others_stay_doubles() throws Exception {
        assertThat(attributes("{\"a\":1,\"b\":1.0,\"c\":2.5,\"d\":1e3,\"e\":-0.0,\"f\":-0,\"g\":{\"h\":1},\"i\":[1]}"))
                .isEqualTo(Map.of(
                        "a", 1L, "b", 1L, "c", 2.5, "d", 1000L, "e", 0L, "f", 0L, "g", Map.of("h", 1.0), "i",
                        List.of(1.0)));
    }

    @Test
    void integers_go_through_a_double_and_leave_the_range_of_64_bits_as_one() throws Exception {
        assertThat(attributes(
                "{\"a\":9007199254740993,\"b\":9223372036854775807,\"c\":-9223372036854775808,\"d\":1e18}"))
                .isEqualTo(Map.of("a", 9007199254740992L, "b", 0x1p63, "c", Long.MIN_VALUE, "d",
                        1_000_000_000_000_000_000L));
    }

    @Test
    void a_list_of_strings_may_hold_nulls_and_nothing_else() throws Exception {
        assertThat(strings("[\"a\",null,\"\"]")).containsExactly("a", "", "");
        assertThat(strings("[]")).isEmpty();
        assertThat(strings("null")).isNull();
        for (String wrong : new String[]{"\"a\"", "{}", "[1]", "[[\"a\"]]", "[\"a\"", "[\"a\"}"})
            assertThatThrownBy(() -> strings(wrong)).as(wrong).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void a_negative_zero_further_down_keeps_its_sign() throws Exception {
        assertThat(any("[-0,-0.0,0]")).isEqualTo(List.of(-0.0, -0.0, 0.0));
    }

    @Test
    void text_after_the_first_value_is_not_looked_at() throws Exception {
        assertThat(attributes("{\"a\":true} trailing }")).isEqualTo(Map.of("a", true));
    }

    @Test
    void a_later_member_of_the_same_name_wins() throws Exception {
        assertThat(attributes("{\"a\":{\"x\":1},\"a\":{\"y\":2}}")).isEqualTo(Map.of("a", Map.of("y", 2.0)));
    }

    @Test
    void attributes_are_laid_over_those_read_before() throws Exception {
        Map<String, @Nullable Object> before = new HashMap<>(Map.of("a", 1L, "b", 2L));
        try (JsonReader json = JsonReader.over(body("{\"b\":3,\"c\":4}"))) {
            assertThat(json.attributes("context", before)).isEqualTo(Map.of("a", 1L, "b", 3L, "c", 4L));
        }
    }

    @Test
    void each_byte_that_is_no_utf_8_becomes_a_replacement_character() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("\"a".getBytes(StandardCharsets.UTF_8));
        // a lone continuation, an encoded surrogate, a cut-off emoji
        for (int b : new int[]{0xFF, 'b', 0xED, 0xA0, 0x80, 'c', 0xF0, 0x9F, '"'}) bytes.write(b);
        try (JsonReader json = JsonReader.over(Body.adopting(bytes.toByteArray()))) {
            assertThat(json.any()).isEqualTo("a\uFFFDb\uFFFD\uFFFD\uFFFDc\uFFFD\uFFFD");
        }
    }

    @Test
    void half_a_surrogate_pair_becomes_a_replacement_character() throws Exception {
        assertThat(any("[\"\\ud800\",\"a\\udc00b\",\"\\ud83d\\ude00\",\"\\ud83dx\"]"))
                .isEqualTo(List.of("\uFFFD", "a\uFFFDb", "😀", "\uFFFDx"));
        assertThatThrownBy(() -> attributes("{\"\\ud800\":true}")).isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{", "{\"a\"", "{\"a\":", "{\"a\":1", "[1,2", "{\"a\":1,}", "{'a':1}", "{a:1}", "[1,]", "[1 2]", "NaN", "tru",
        "1.", ".5", "+1", "01", "\"\\q\"", "\"\\u12\"", "\"a\nb\"", "1e999", "-1e999", "// comment", "[1e400]"
    })
    void malformed_json_is_refused_with_a_message(String text) {
        assertThatThrownBy(() -> any(text))
                .isInstanceOf(MalformedJsonException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void what_is_cut_off_and_what_is_not_there_are_told_apart() {
        assertThatThrownBy(() -> any("{\"a\":")).hasMessage("unexpected EOF");
        assertThatThrownBy(() -> any("  ")).hasMessage("EOF");
        assertThatThrownBy(() -> JsonReader.over(Body.EMPTY)).hasMessage("EOF");
    }

    @Test
    void a_byte_order_mark_is_refused() {
        assertThatThrownBy(() -> any("\uFEFF{}")).hasMessageContaining("byte order mark");
    }

    @Test
    void other_encodings_are_not_guessed() {
        for (String nul : new String[]{"\0{", "{\0}\0", "\0\0\0{", "{\0\0\0}\0\0\0", "\0"})
            assertThatThrownBy(() -> any(nul)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void a_value_of_the_wrong_type_is_named_with_its_place() throws Exception {
        try (JsonReader json = JsonReader.over(body("12"))) {
            assertThatThrownBy(() -> json.string("user.key", ""))
                    .hasMessageContaining("expected=string, got=number, field=user.key, offset=");
            assertThatThrownBy(() -> json.bool("user.anonymous", false)).hasMessageContaining("expected=bool");
            assertThatThrownBy(() -> json.enterObject("object", "user")).hasMessageContaining("expected=object");
        }
    }

    @Test
    void null_stands_for_absent() throws Exception {
        try (JsonReader json = JsonReader.over(body("null"))) {
            assertThat(json.string("key", "before")).isEqualTo("before");
            assertThat(json.bool("anonymous", true)).isTrue();
            assertThat(json.enterObject("object", "")).isFalse();
            assertThat(json.attributes("context", new HashMap<>(Map.of("a", 1L)))).isNull();
        }
    }

    @Test
    void nesting_is_limited_and_the_limit_is_no_stack_overflow() throws Exception {
        assertThat(any("[".repeat(900) + "]".repeat(900))).isInstanceOf(List.class);
        assertThatThrownBy(() -> any("[".repeat(100_000))).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> any("{\"a\":".repeat(100_000))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void members_of_no_interest_are_stepped_over_but_must_be_json() throws Exception {
        try (JsonReader json = JsonReader.over(body("{\"x\":{\"y\":[1,{}]},\"z\":1e999,\"a\":true}"))) {
            assertThat(json.enterObject("object", "")).isTrue();
            assertThat(json.nextName()).isEqualTo("x");
            json.skip();
            assertThat(json.nextName()).isEqualTo("z");
            json.skip();
            assertThat(json.nextName()).isEqualTo("a");
            assertThat(json.bool("a", false)).isTrue();
            assertThat(json.nextName()).isNull();
        }
        try (JsonReader json = JsonReader.over(body("{\"x\":{\"y\":[1,{}"))) {
            json.enterObject("object", "");
            json.nextName();
            assertThatThrownBy(json::skip).hasMessage("unexpected EOF");
        }
    }

    private static @Nullable List<String> strings(String text) throws MalformedJsonException {
        try (JsonReader json = JsonReader.over(Body.adopting(text.getBytes(StandardCharsets.UTF_8)))) {
            return json.strings("flags");
        }
    }

    private static @Nullable Map<String, @Nullable Object> attributes(String text) throws MalformedJsonException {
        try (JsonReader json = JsonReader.over(body(text))) {
            return json.attributes("context", null);
        }
    }

    private static @Nullable Object any(String text) throws MalformedJsonException {
        try (JsonReader json = JsonReader.over(body(text))) {
            return json.any();
        }
    }

    private static Body body(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Body.adopting(Arrays.copyOf(bytes, bytes.length));
    }
}
