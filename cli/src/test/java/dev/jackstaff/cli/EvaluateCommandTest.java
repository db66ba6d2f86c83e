package dev.jackstaff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Beside the cases in `golden/`: where flags come from, and who asks.
class EvaluateCommandTest {
    private static final String FLAGS = """
            f:
              variations: {a: A, b: B}
              targeting: [{query: 'age eq 42 and plan eq "pro"', variation: b}]
              defaultRule: {variation: a}
            """;

    @TempDir
    Path folder;

    private String file = "";

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("flags.yaml"), FLAGS).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--path", "-p", "--config", "-c"})
    void a_file_is_named_by_itself_or_by_an_option(String option) {
        CommandLineRun run = option.isEmpty()
                ? CommandLineRun.of("evaluate", file, "-o", "text")
                : CommandLineRun.of("evaluate", option, file, "-o", "text");
        assertThat(run).isEqualTo(new CommandLineRun(0, "f: \"A\" (variation a, DEFAULT)\n", ""));
    }

    @Test
    void a_later_file_wins() throws IOException {
        String later = Files.writeString(folder.resolve("later.yaml"),
                "f: {variations: {c: C}, defaultRule: {variation: c}}\n").toString();
        assertThat(CommandLineRun.of("evaluate", file, later, "-o", "text").out())
                .isEqualTo("f: \"C\" (variation c, STATIC)\n");
        assertThat(CommandLineRun.withInput(FLAGS, "evaluate", later, "-", "-o", "text").out()).startsWith("f: \"A\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"targetingKey":"u","age":42,"plan":"pro"}   | B
            {"age":42.0,"plan":"pro"}                    | B
            {"age":"42","plan":"pro"}                    | A
            {"targetingKey":7,"age":42,"plan":"pro"}     | B
            {}                                           | A
            null                                         | A
            ``                                           | A
            """)
    void a_context_is_what_a_request_would_have(String context, String value) {
        assertThat(CommandLineRun.of("evaluate", file, "--flag", "f", "--ctx", context, "-o", "text").out())
                .startsWith("f: \"" + value + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{\"a\":}", "targetingKey=u"})
    void a_context_that_is_no_json_object_is_a_wrong_command_line(String context) {
        CommandLineRun run = CommandLineRun.of("evaluate", file, "--ctx", context);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the context is not a JSON object").contains(ContextConverter.EXAMPLE);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void an_invalid_flag_is_left_out_and_told_and_stops_it_with_strict() throws IOException {
        String bad = Files.writeString(folder.resolve("bad.yaml"), FLAGS + "g: {variations: {a: 1}}\n").toString();
        CommandLineRun lenient = CommandLineRun.of("evaluate", bad, "-o", "text");
        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.out()).isEqualTo("f: \"A\" (variation a, DEFAULT)\n");
        assertThat(lenient.err()).contains("bad.yaml:5:1: error: g.defaultRule: missing default rule");
        CommandLineRun strict = CommandLineRun.of("evaluate", bad, "--strict");
        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.out()).isEmpty();
        assertThat(CommandLineRun.of("evaluate", bad, "--flag", "g").err())
                .contains("flag g is not present or disabled\n  ", "g.defaultRule: missing default rule");
    }

    @Test
    void what_cannot_be_read_is_told_with_its_place() throws IOException {
        Files.writeString(Path.of(file), "f:\n  disable: maybe\n");
        CommandLineRun run = CommandLineRun.of("evaluate", file);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("flags.yaml is not a valid flag file", "flags.yaml:2:12: error: f.disable");
        Files.delete(Path.of(file));
        assertThat(CommandLineRun.of("evaluate", file).err()).contains("cannot read " + file + ": no such file");
    }

    @Test
    void a_kind_of_retriever_is_looked_up_among_those_installed() {
        CommandLineRun run = CommandLineRun.of("evaluate", "--kind", "pigeon", "--url", "x");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("invalid retriever: kind \"pigeon\" is not supported\n  kinds: ")
                .contains("file");
    }

    /// D-33.
    @Test
    void check_mode_shows_what_a_retriever_would_get_without_its_secrets() {
        CommandLineRun run = CommandLineRun.of("evaluate", "--check-mode", "--kind", "github", "--repository-slug",
                "o/n",
                "--auth-token", "hush", "--github-token", "hush", "--account-key", "hush", "--header", "X-Key: hush",
                "--header", "X-Other=hush", "--uri", "mongodb://u:hush@h/d", "--url", "https://hush@h/f?x=1",
                "--timeout", "5",
                "--column", "flag_name:name", "--path", "p.yaml");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).doesNotContain("hush")
                .startsWith(
                        "{\n  \"Kind\": \"github\",\n  \"RepositorySlug\": \"o/n\",\n  \"Branch\": \"\",\n  \"Path\": \"p.yaml\",")
                .contains("\"Timeout\": 5000", "\"X-Other\": [\n      \"***\"", "mongodb://***@h/d",
                        "\"flag_name\": \"name\"",
                        "\"Namespace\": \"default\"", "\"RedisOptions\": null");
    }
}
