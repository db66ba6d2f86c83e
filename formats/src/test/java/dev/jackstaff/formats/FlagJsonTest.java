package dev.jackstaff.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.formats.json.FlagJson;
import dev.jackstaff.formats.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagJsonTest {

    @Test
    void a_flag_is_written_in_the_originals_order_with_maps_sorted_and_absent_fields_left_out() {
        Map<String, FlagDefinition> flags = Texts.flags(Syntax.YAML, """
                z:
                  metadata: {b: 1, a: 2024-01-02}
                  version: 1.10
                  disable: false
                  trackEvents: true
                  scheduledRollout:
                    - date: 2024-01-02T03:04:05.5+02:00
                      metadata: {s: 1}
                      scheduledRollout: []
                      defaultRule: {disable: true}
                      variations: {a: null}
                  experimentation: {end: 2024-01-03T00:00:00Z, start: 2024-01-02T00:00:00Z}
                  defaultRule:
                    disable: false
                    progressiveRollout:
                      end: {date: 2024-01-03T00:00:00Z, percentage: 100, variation: b}
                      initial: {}
                    percentage: {b: 33.3, a: 66.7}
                    variation: a
                    query: "<q>"
                    name: n
                  bucketingKey: team.id
                  targeting: [{query: a eq 1, variation: a}]
                  variations: {b: 1.0, a: 1}
                a: {}
                """);
        assertThat(json(flags)).isEqualTo("{\"a\":{},\"z\":{\"variations\":{\"a\":1,\"b\":1},"
                + "\"targeting\":[{\"query\":\"a eq 1\",\"variation\":\"a\"}],\"bucketingKey\":\"team.id\","
                + "\"defaultRule\":{\"name\":\"n\",\"query\":\"\\u003cq\\u003e\",\"variation\":\"a\","
                + "\"percentage\":{\"a\":66.7,\"b\":33.3},\"progressiveRollout\":{\"initial\":{},"
                + "\"end\":{\"variation\":\"b\",\"percentage\":100,\"date\":\"2024-01-03T00:00:00Z\"}},\"disable\":false},"
                + "\"experimentation\":{\"start\":\"2024-01-02T00:00:00Z\",\"end\":\"2024-01-03T00:00:00Z\"},"
                + "\"scheduledRollout\":[{\"variations\":{\"a\":null},\"defaultRule\":{\"disable\":true},"
                + "\"scheduledRollout\":[],\"metadata\":{\"s\":1},\"date\":\"2024-01-02T03:04:05.5+02:00\"}],"
                + "\"trackEvents\":true,\"disable\":false,\"version\":\"1.10\","
                + "\"metadata\":{\"a\":\"2024-01-02T00:00:00Z\",\"b\":1}}}\n");
    }

    /// Recorded from GO Feature Flag v1.55.2.
    @Test
    void changes_are_written_as_deleted_added_and_updated_flags() {
        Map<String, FlagDefinition> before = Texts.flags(Syntax.YAML, """
                a: {variations: {v: 1}, defaultRule: {variation: v}}
                gone: {variations: {v: 1}, defaultRule: {variation: v}}
                """);
        Map<String, FlagDefinition> after = Texts.flags(Syntax.YAML, """
                a: {variations: {v: 1.0}, defaultRule: {variation: v}}
                b: {variations: {v: 2}, defaultRule: {variation: v}}
                """);
        assertThat(text(json -> FlagJson.write(json, Changes.between(before, after))))
                .isEqualTo("{\"deleted\":{\"gone\":{\"variations\":{\"v\":1},\"defaultRule\":{\"variation\":\"v\"}}},"
                        + "\"added\":{\"b\":{\"variations\":{\"v\":2},\"defaultRule\":{\"variation\":\"v\"}}},"
                        + "\"updated\":{\"a\":{\"old_value\":{\"variations\":{\"v\":1},\"defaultRule\":{\"variation\":\"v\"}},"
                        + "\"new_value\":{\"variations\":{\"v\":1},\"defaultRule\":{\"variation\":\"v\"}}}}}\n");
        assertThat(text(json -> FlagJson.write(json, Changes.between(before, before))))
                .isEqualTo("{\"deleted\":{},\"added\":{},\"updated\":{}}\n");
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void a_flag_that_is_written_and_read_again_says_the_same(int seed) {
        RandomFlags random = new RandomFlags(seed, Syntax.JSON);
        for (int i = 0; i < 100; i++) {
            Map<String, FlagDefinition> flags = new LinkedHashMap<>();
            for (String key : new String[]{"é", "", "a"}) flags.put(key, random.flag(key));
            String text = json(flags);
            assertThat(Changes.between(flags, Texts.flags(Syntax.JSON, text)).isEmpty()).as(text).isTrue();
        }
    }

    private static String json(Map<String, FlagDefinition> flags) {
        return text(json -> FlagJson.write(json, flags));
    }

    private static String text(JsonWriter.Content content) {
        return new String(JsonWriter.write(false, content).copy(), StandardCharsets.UTF_8);
    }
}
