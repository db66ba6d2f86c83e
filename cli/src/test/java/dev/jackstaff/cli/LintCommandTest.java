package dev.jackstaff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintCommandTest {
    private static final String TEN = "src/test/resources/ten-mistakes.yaml";
    private static final String GOOD = "f: {variations: {a: 1, b: 2}, defaultRule: {variation: a}}\n";

    @TempDir
    Path folder;

    /// Wrong types and wrong flags in one file, told together.
    @Test
    void a_file_with_ten_mistakes_gives_ten_messages_each_with_its_place() {
        CommandLineRun run = CommandLineRun.of("lint", TEN);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines()).hasSize(10);
        List<String> places = List.of("1:1: error: no-default-rule", "6:3: error: nothing-to-give",
                "10:29: error: unknown-variation", "15:14: error: broken-query", "22:19: error: percentage-of-nothing",
                "27:3: warning: unknown-field", "32:12: error: wrong-type", "35:27: error: mixed-values",
                "41:5: warning: rollout-backwards", "51:13: error: same-rule-names");
        for (int i = 0; i < 10; i++) assertThat(run.lines().get(i)).startsWith(TEN + ":" + places.get(i) + ".");
        assertThat(run.err()).isEqualTo("ERROR: error executing command: invalid GO Feature Flag configuration\n");
    }

    @Test
    void annotations_for_github_name_file_line_and_column() {
        CommandLineRun run = CommandLineRun.of("lint", "--output", "github", TEN);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines()).hasSize(10)
                .allMatch(line -> line.matches("::(error|warning) file=" + TEN + ",line=\\d+,col=\\d+::\\S.*"))
                .contains("::error file=" + TEN
                        + ",line=32,col=12::wrong-type.disable: expected a boolean, found the string"
                        + " \"maybe\" (write true or false)");
    }

    @Test
    void annotations_escape_what_would_end_them() throws IOException {
        String file = write("a,b:100%.yaml", "\"f%\": {variations: {a: 1}, defaultRule: {variation: b}}\n");
        assertThat(CommandLineRun.of("lint", "-o", "github", file).out())
                .startsWith("::error file=" + folder + "/a%2Cb%3A100%25.yaml,line=1,")
                .contains("::f%25.defaultRule");
    }

    @Test
    void each_of_several_files_is_checked_for_itself() throws IOException {
        String good = write("good.yaml", GOOD), bad = write("bad.yaml", "f: {variations: {a: 1}}\n");
        CommandLineRun run = CommandLineRun.of("lint", good, bad, TEN);
        assertThat(run.lines()).hasSize(11).first().asString().startsWith(bad + ":1:1: error: f.defaultRule");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(CommandLineRun.of("lint", good, good))
                .isEqualTo(new CommandLineRun(0, "INFO: Valid GO Feature Flag configuration\n", ""));
    }

    @Test
    void a_file_that_is_not_there_does_not_hide_the_others() throws IOException {
        String bad = write("bad.yaml", "f: {variations: {a: 1}}\n");
        CommandLineRun run = CommandLineRun.of("lint", folder.resolve("none.yaml").toString(), bad);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().getFirst()).contains("none.yaml: error: ", "no such file");
    }

    @Test
    void with_strict_a_warning_is_an_error() throws IOException {
        String file = write("flags.yaml", "f: {variations: {a: 1}, defaultRule: {variation: a}, trackEvent: true}\n");
        CommandLineRun lenient = CommandLineRun.of("lint", file), strict = CommandLineRun.of("lint", "--strict", file);
        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.out()).contains("warning: f.trackEvent").contains("INFO: Valid");
        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.out()).contains("error: f.trackEvent").doesNotContain("Valid");
    }

    /// D-33: there, only --format counted.
    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            f.json | {"f": {"variations": {"a": 1}, "defaultRule": {"variation": "a"}}} |              | 0
            f.toml | f.variations.a = 1                                                 |              | 1
            f.toml | [f.defaultRule]                                                    | --format=json | 1
            f.txt  | {"f": {"variations": {"a": 1}, "defaultRule": {"variation": "a"}}} | --format=JSON | 0
            f.json | {"f": {}, "f": {}, }                                               |              | 1
            f.yaml |                                                                    |              | 0
            """)
    void the_extension_tells_the_notation_unless_an_option_does(String name, String text, String option, int exitCode)
            throws IOException {
        String file = write(name, text == null ? "" : text + "\n");
        String[] arguments = option == null ? new String[]{"lint", file} : new String[]{"lint", option, file};
        assertThat(CommandLineRun.of(arguments).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void a_toml_file_is_read_as_toml() throws IOException {
        String file = write("f.toml", "[f.variations]\na = 1\n[f.defaultRule]\nvariation = \"a\"\n");
        assertThat(CommandLineRun.of("lint", file).exitCode()).isZero();
        assertThat(CommandLineRun.of("lint", "-f", "yaml", file).exitCode()).isEqualTo(1);
    }

    @Test
    void a_minus_stands_for_standard_input() {
        assertThat(CommandLineRun.withInput(GOOD, "lint", "-").exitCode()).isZero();
        assertThat(CommandLineRun.withInput("f: 1\n", "lint", "-").out()).startsWith("-:1:4: error: f: ");
        assertThat(CommandLineRun.withInput("{", "lint", "-", "--format", "json").exitCode()).isEqualTo(1);
    }

    @Test
    void malformed_text_is_one_problem_with_its_place() {
        CommandLineRun run = CommandLineRun.withInput("f:\n  variations: [\n", "lint", "-");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines()).hasSize(1).first().asString().matches("-:\\d+:\\d+: error: .*");
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
