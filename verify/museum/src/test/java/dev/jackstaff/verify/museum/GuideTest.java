package dev.jackstaff.verify.museum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page of the museum against its exhibits and the tests that it names.
class GuideTest {
    /// Surefire runs in the folder of this module.
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    private static final Pattern SPAN = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w-])([ER]-)?D-?\\d+");

    @Test
    void every_exhibit_has_one_row_and_every_row_an_exhibit() throws IOException {
        List<String> rows = section("Exhibits").stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(rows).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(exhibits());
    }

    @Test
    void every_row_says_what_happened_and_why_not_here() throws IOException {
        assertThat(section("Exhibits")).filteredOn(line -> line.startsWith("| `"))
                .allSatisfy(row -> assertThat(row.substring(2).split(" \\| ")).hasSize(4)
                        .allSatisfy(cell -> assertThat(cell).isNotBlank()));
    }

    @Test
    void what_is_shown_elsewhere_is_a_test_and_a_test_that_finds_its_twin() throws IOException {
        Map<String, List<Path>> tests = tests();
        List<String> rows =
                section("Shown elsewhere").stream().filter(line -> line.matches("\\| [#\\w].*`.*")).toList();
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            var named = SPAN.matcher(row).results().toList();
            assertThat(named).as(row).hasSize(2);
            for (var test : named)
                assertThat(tests.getOrDefault(test.group(1), List.of())).as(test.group())
                        .anySatisfy(file -> assertThat(Files.readString(file)).contains(" " + test.group(2) + "("));
            assertThat(named.get(1).group(2)).contains("found");
        });
    }

    @Test
    void every_test_that_it_names_is_there() throws IOException {
        Set<String> tests = tests().keySet();
        assertThat(SPAN.matcher(page()).results().map(span -> span.group(1))).isNotEmpty().allMatch(tests::contains);
    }

    /// The lists of defects end with these numbers.
    @Test
    void no_known_defect_is_left_out() throws IOException {
        Set<String> all = new TreeSet<>();
        IntStream.rangeClosed(1, 21).forEach(number -> all.add("E-D" + number));
        IntStream.rangeClosed(1, 46).forEach(number -> all.add("R-D" + number));
        IntStream.rangeClosed(1, 43).forEach(number -> all.add("D-" + number));
        Set<String> named = new TreeSet<>();
        NUMBER.matcher(page()).results().forEach(number -> named.add(number.group()));
        assertThat(named).isEqualTo(all);
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/reference/museum.md"));
    }

    private static List<String> section(String title) throws IOException {
        return page().lines()
                .dropWhile(line -> !line.equals("## " + title))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
    }

    private static List<String> exhibits() throws IOException {
        List<String> exhibits = new ArrayList<>();
        for (Map.Entry<String, List<Path>> test : tests().entrySet()) {
            for (Path file : test.getValue())
                if (Files.readString(file).contains("class " + test.getKey() + " implements Exhibit<"))
                    exhibits.add(test.getKey());
        }
        return exhibits;
    }

    /// The files of all tests and contracts by the names of their classes.
    private static Map<String, List<Path>> tests() throws IOException {
        Map<String, List<Path>> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().matches(".*(/src/test/.*Test|/testkit/src/main/.*Contract)\\.java"))
                    .forEach(file -> tests.computeIfAbsent(
                            file.getFileName().toString().replace(".java", ""), _ -> new ArrayList<>()).add(file));
        }
        return tests;
    }
}
