package dev.jackstaff.formats;

import static dev.jackstaff.formats.Texts.flags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Locations;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A finding at a character of a query is shown at that character in the file.
class PositionsTest {

    static Stream<Arguments> queries() {
        return Stream.of(
                // The character @ marks what a finding is about.
                yaml("f: {defaultRule: {query: a eq @ or b eq 2}}"),
                yaml("f: {defaultRule: {query: '@ eq 1'}}"),
                yaml("f: {defaultRule: {query: \"a @ 1\"}}"),
                yaml("f: {defaultRule: {query: 'it''s @ quoted'}}"),
                yaml("f: {defaultRule: {query: \"say \\\"hi\\\" @ \\u00e9\"}}"),
                yaml("f: {defaultRule: {query: \"\\u00e9\\x41\\U0001F600\\t@\"}}"),
                yaml("f: {defaultRule: {query: \"tab\\tin \\n @ text\"}}"),
                yaml("f:\n  defaultRule:\n    query: a eq 1\n      and @ eq 2"),
                yaml("f:\n  defaultRule:\n    query: a eq 1\n\n      and\n         b @ 2"),
                yaml("f:\n  defaultRule:\n    query: 'a eq 1\n      and @ eq 2'"),
                yaml("f:\n  defaultRule:\n    query: \"a eq 1 \\\n      and @ eq 2\""),
                yaml("f:\n  defaultRule:\n    query: |\n      a eq 1\n      and @ eq 2\n"),
                yaml("f:\n  defaultRule:\n    query: |\n      @ eq 1\n      and b eq 2\n"),
                yaml("f:\n  defaultRule:\n    query: |- # a comment\n\n      a eq 1\n        and b @ 2\n"),
                yaml("f:\n  defaultRule:\n    query: >\n      a eq 1\n      and b @ 2\n\n      or c eq 3\n"),
                yaml("f:\n  defaultRule:\n    query: >-\n      a eq 1\n      and b eq 2\n\n      or c @ 3\n"),
                yaml("f:\n  defaultRule:\n    query: >2\n       a eq @\n"),
                yaml("# ümläut\nf:\n  metadata: {ü: 😀}\n  defaultRule:\n    query: \"ü \\\"x\\\" @\""),
                yaml("f:\r\n  defaultRule:\r\n    query: >\r\n      a eq 1\r\n      and b @ 2\r\n"),
                json("{\"f\": {\"defaultRule\": {\"query\": \"a @ 1\"}}}"),
                json("{\"f\": {\"defaultRule\": {\"query\": \"email ew \\\"x\\\" and @ eq 1\"}}}"),
                json("{\"f\": {\"defaultRule\":\n  {\"query\": \"\\\"\\\"@\"}}}"),
                json("{\"ü\": 1,\n\"f\": {\"metadata\": {\"ü\": \"é\"}, \"defaultRule\": {\"query\": \"ü\\u00fc\\n @\"}}}"),
                json("{\n\n  \"f\": {\"defaultRule\": {\r\n \"query\": \"x \\ud83d\\ude00 @\"}}}"),
                toml("[f.defaultRule]\nquery = \"a @ 1\""),
                toml("[f.defaultRule]\nquery = 'a \"@\"'"),
                toml("[f.defaultRule]\n  query   =  \"a \\\"b\\\" @\""),
                toml("[f.defaultRule]\nquery = \"\"\"\na eq 1\n  and @ eq 2\"\"\""),
                toml("[f.defaultRule]\nquery = \"\"\"a eq 1 \\\n   and @ eq 2\"\"\""),
                toml("[f.defaultRule]\nquery = '''\na eq 1\nand @ eq \\2'''"),
                toml("f.defaultRule = {name = 'é', query = 'x @'}"));
    }

    private static Arguments yaml(String text) {
        return Arguments.of(Syntax.YAML, text);
    }

    private static Arguments json(String text) {
        return Arguments.of(Syntax.JSON, text.replace("\"ü\": 1,", "\"ü\": null,"));
    }

    private static Arguments toml(String text) {
        return Arguments.of(Syntax.TOML, text);
    }

    @ParameterizedTest
    @MethodSource
    void queries(Syntax syntax, String text) {
        FlagDefinition flag = flags(syntax, text.replace('@', '~').replace("~", "Q")).get("f");
        int offset = flag.defaultRule().query().indexOf('Q');
        assertThat(flag.locations().of("defaultRule.query", offset)).isEqualTo(placeOfAt(text));
    }

    /// Line and column of the `@`, columns in UTF-16 units as Java strings have them.
    private static Location placeOfAt(String text) {
        String before = text.substring(0, text.indexOf('@'));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Location("flags", line, before.length() - before.lastIndexOf('\n'));
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_character_of_a_string_with_escapes_is_found_where_it_is_written(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            StringBuilder query = new StringBuilder("x");
            for (int length = random.nextInt(30); length > 0; length--)
                query.append("ab \"\\'é\n".charAt(random.nextInt(8)));
            query.append('y');
            String json = "{\"é\": null, \"f\": {\"defaultRule\": {\"query\": \""
                    + query.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"}}}";
            Locations locations = flags(Syntax.JSON, json).get("f").locations();
            int written = json.indexOf("\"x") + 1;
            for (int offset = 0; offset < query.length(); offset++) {
                assertThat(locations.of("defaultRule.query", offset).column())
                        .as("%s at %d", json, offset)
                        .isEqualTo(written + 1);
                written += "\"\\\n".indexOf(query.charAt(offset)) >= 0 ? 2 : 1;
            }
        }
    }

    @Test
    void what_is_wrong_with_a_query_is_told_at_its_character() {
        FlagFile file = (FlagFile) Texts.read(Syntax.YAML, """
                f:
                  variations: {on: true, off: false}
                  targeting:
                    - query: >-
                        a eq 1
                        AND b eq 2
                      variation: on
                  defaultRule: {variation: off}
                """);
        assertThat(Snapshot.compile(file, CompileOptions.DEFAULT).problems())
                .singleElement()
                .extracting(Problem::location)
                .hasToString("flags:6:9");
    }

    @Test
    void a_scalar_field_is_where_its_value_is_and_everything_else_where_its_name_is() {
        Locations yaml = flags(Syntax.YAML, """
                # first line
                f:
                  version:   "1"
                  variations:
                    on: {a: 1}
                  targeting:
                    - name: x
                      percentage: {on: 100}
                    -
                      query: |
                        a eq 1
                  metadata: {owner: us}
                """).get("f").locations();
        assertThat(yaml.flag()).hasToString("flags:2:1");
        assertThat(yaml.of("version")).hasToString("flags:3:14");
        assertThat(yaml.of("variations")).hasToString("flags:4:3");
        assertThat(yaml.of("variations.on")).hasToString("flags:5:5");
        assertThat(yaml.of("targeting")).hasToString("flags:6:3");
        assertThat(yaml.of("targeting.0")).hasToString("flags:7:7");
        assertThat(yaml.of("targeting.0.percentage.on")).hasToString("flags:8:20");
        assertThat(yaml.of("targeting.1.query")).hasToString("flags:10:14");
        assertThat(yaml.of("targeting.1.query", 0)).hasToString("flags:11:9");
        assertThat(yaml.of("metadata.owner")).hasToString("flags:12:14");

        Locations toml = flags(Syntax.TOML, """
                [f]
                version = "1"
                [f.variations]
                on = true
                [[f.targeting]]
                query = 'a'
                """).get("f").locations();
        assertThat(toml.flag()).hasToString("flags:1:1");
        assertThat(toml.of("version")).hasToString("flags:2:11");
        assertThat(toml.of("variations")).hasToString("flags:3:1");
        assertThat(toml.of("variations.on")).hasToString("flags:4:1");
        assertThat(toml.of("targeting.0")).hasToString("flags:5:1");
        assertThat(toml.of("targeting.0.query")).hasToString("flags:6:9");
    }

    @Test
    void what_is_not_known_is_at_its_nearest_parent() {
        Locations locations = flags(Syntax.YAML, "f:\n  targeting:\n    - name: x\n").get("f").locations();
        assertThat(locations.of("targeting.0.query")).hasToString("flags:3:7");
        assertThat(locations.of("targeting.0.percentage.on")).hasToString("flags:3:7");
        assertThat(locations.of("targeting.7.query")).hasToString("flags:2:3");
        assertThat(locations.of("defaultRule")).hasToString("flags:1:1");
        assertThat(locations.of("targeting.0.query", 5)).hasToString("flags:3:7");
    }

    @Test
    void a_toml_table_that_an_inner_one_implies_is_where_that_is() {
        Locations locations = flags(Syntax.TOML, """
                [f]
                version = "1"
                [f.metadata.owner.address]
                city = "Ulm"
                """).get("f").locations();
        assertThat(locations.of("metadata")).hasToString("flags:3:1");
        assertThat(locations.of("metadata.owner")).hasToString("flags:3:1");
        assertThat(locations.of("metadata.owner.address")).hasToString("flags:3:1");
    }

    @Test
    void an_alias_is_where_its_anchor_is() {
        Locations locations = flags(Syntax.YAML, "a:\n  defaultRule: &r\n    query: x eq 1\nf:\n  defaultRule: *r\n")
                .get("f")
                .locations();
        assertThat(locations.of("defaultRule")).hasToString("flags:5:3");
        assertThat(locations.of("defaultRule.query")).hasToString("flags:3:12");
    }

    @Test
    void of_a_json_field_that_is_set_twice_the_last_place_counts() {
        Locations locations =
                flags(Syntax.JSON, "{\"f\": {\"version\": \"a\",\n\"version\": \"b\"}}").get("f").locations();
        assertThat(locations.of("version")).hasToString("flags:2:12");
    }

    @Test
    void columns_count_characters_and_not_bytes() {
        assertThat(flags(Syntax.JSON, "{\"ü\": {}, \"f\": {\"version\": \"a\"}}").get("f")
                .locations()
                .of("version")
                .column())
                .isEqualTo(28);
        assertThat(flags(Syntax.YAML, "ü: {}\nf: {'ü': 1, version: a}").get("f").locations().of("version").column())
                .isEqualTo(22);
    }

    @Test
    void a_file_of_many_flags_has_the_right_lines_to_its_end() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 5_000; i++)
            yaml.append("flag-")
                    .append(i)
                    .append(":\n  version: ü")
                    .append(i)
                    .append("\n  defaultRule:\n    query: >-\n      a eq\n      1\n");
        var flags = flags(Syntax.YAML, yaml.toString());
        for (int i : List.of(0, 1, 777, 4_999)) {
            Locations locations = flags.get("flag-" + i).locations();
            assertThat(locations.of("version")).hasToString("flags:" + (6 * i + 2) + ":12");
            assertThat(locations.of("defaultRule.query", 5)).hasToString("flags:" + (6 * i + 6) + ":7");
        }
    }
}
