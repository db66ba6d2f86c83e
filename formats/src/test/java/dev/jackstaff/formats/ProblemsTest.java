package dev.jackstaff.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a person reads who made a mistake. Each file under `problems/` is a flag file, a line of dashes, and what is said
/// about it. After a change of words, `-Dproblems.update` writes them anew; look at every changed line.
class ProblemsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "problems");
    private static final String CUT = "\n----------------------------------------\n";

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void the_problems_of_a_file_are_told_as_written_below_it(String file) throws IOException {
        String golden = Files.readString(FOLDER.resolve(file));
        String input = golden.substring(0, golden.indexOf(CUT));
        String told = told(file, input);
        if (System.getProperty("problems.update") != null) Files.writeString(FOLDER.resolve(file), input + CUT + told);
        assertThat(told).isEqualTo(golden.substring(golden.indexOf(CUT) + CUT.length()));
    }

    @Test
    void there_are_files_for_every_syntax() throws IOException {
        assertThat(files().map(file -> file.substring(0, file.indexOf('/'))).distinct())
                .containsExactly("json", "toml", "yaml");
    }

    private static String told(String file, String input) {
        Syntax syntax = Syntax.named(file.substring(0, file.indexOf('/')));
        Reading reading = Texts.read(syntax, input);
        String verdict = reading instanceof Reading.Unreadable ? "refused\n" : "read\n";
        return reading.problems().stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n")) + verdict;
    }
}
