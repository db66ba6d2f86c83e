package dev.jackstaff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Commands with everything they print: files in `golden/`, one a case, each with its flag files, the arguments (a line
/// each), standard output and standard error, and the exit code.
///
/// `-Dgolden.update` writes what is printed now into the files; read the difference before you commit it.
class GoldenTest {
    private static final Path CASES = Path.of("src/test/resources/golden");
    private static final Pattern SECTION = Pattern.compile("(?m)^=== ");
    private static final List<String> RESULTS = List.of("standard output", "standard error", "exit code");

    @TempDir
    Path folder;

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_command_prints_what_stands_in_its_case(Path path) throws IOException {
        Map<String, String> sections = sections(Files.readString(path));
        Map<String, String> expected = new LinkedHashMap<>(sections);
        String[] arguments =
                sections.get("arguments").lines().map(line -> inFolder(line, sections)).toArray(String[]::new);
        for (Map.Entry<String, String> section : sections.entrySet())
            if (isFile(section.getKey())) Files.writeString(folder.resolve(section.getKey()), section.getValue());
        CommandLineRun run = CommandLineRun.withInput(sections.getOrDefault("standard input", ""), arguments);
        expected.keySet().retainAll(RESULTS);
        Map<String, String> actual = new LinkedHashMap<>();
        actual.put("standard output", withoutFolder(run.out()));
        actual.put("standard error", withoutFolder(run.err()));
        actual.put("exit code", run.exitCode() + "\n");
        if (System.getProperty("golden.update") != null) update(path, sections, actual);
        else
            assertThat(actual).isEqualTo(expected);
    }

    private static boolean isFile(String section) {
        return section.contains(".");
    }

    private String inFolder(String argument, Map<String, String> sections) {
        return isFile(argument) && sections.containsKey(argument) ? folder.resolve(argument).toString() : argument;
    }

    private String withoutFolder(String text) {
        return text.replace(folder + "/", "");
    }

    private static Map<String, String> sections(String text) {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : SECTION.splitAsStream(text).skip(1).toList()) {
            int end = section.indexOf('\n');
            sections.put(section.substring(0, end), section.substring(end + 1));
        }
        return sections;
    }

    private static void update(Path path, Map<String, String> sections, Map<String, String> actual) throws IOException {
        StringBuilder text = new StringBuilder();
        Map<String, String> all = new LinkedHashMap<>(sections);
        all.putAll(actual);
        all.forEach((name, content) -> text.append("=== ").append(name).append('\n').append(content));
        Files.writeString(path, text);
    }
}
