package dev.jackstaff.verify.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RepositoryTest {
    /// A place that only one machine has, or an address that a build takes from its own settings.
    private static final Pattern ONE_MACHINE = Pattern.compile(
            "(?<![\\w.])/(root|work|home/\\w+|Users/\\w+)/|repo1?\\.maven\\.|registry\\.npmjs\\.|deb\\.debian\\.");

    /// What would let a test pass without having looked, or a promise that nobody keeps.
    private static final Pattern LEFT_OPEN = Pattern.compile("\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b");
    private static final Pattern NO_TEST = Pattern.compile(
            "@Disabled|@EnabledIf|\\bAssumptions\\.|\\bassumeThat\\(|\\bThread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(");

    @Test
    void every_path_named_in_the_architecture_page_exists() throws IOException {
        assertThat(Repository.pathsNamedIn(Repository.read("ARCHITECTURE.md")))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(Repository.ROOT.resolve(path)).exists());
    }

    @Test
    void every_module_has_its_line_in_the_architecture_page() throws IOException {
        String page = Repository.read("ARCHITECTURE.md");
        assertThat(Poms.modules())
                .isNotEmpty()
                .allSatisfy(module -> assertThat(page.lines()).as("the row that begins with `%s/`", module)
                        .anyMatch(line -> line.startsWith("| `" + module + "/` |")));
    }

    @Test
    void every_dependency_and_plugin_has_a_row_with_its_reason_and_every_row_a_dependency() throws IOException {
        List<String> rows = Repository.read("docs/decisions/dependencies.md")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(Poms.dependencies());
    }

    @Test
    void every_decision_is_in_the_index() throws IOException {
        Path decisions = Repository.ROOT.resolve("docs/decisions");
        String index = Files.readString(decisions.resolve("README.md"));
        try (Stream<Path> pages = Files.list(decisions)) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
        }
    }

    @Test
    void every_module_of_the_product_says_that_nothing_is_null_unless_it_is_marked() throws IOException {
        assertThat(Repository.textFiles()).filteredOn(file -> file.endsWith("module-info.java"))
                .hasSameSizeAs(Product.modules())
                .allSatisfy(file -> assertThat(Repository.ROOT.resolve(file)).content().contains("@NullMarked"));
    }

    @Test
    void nothing_depends_on_one_machine() throws IOException {
        assertThat(found(ONE_MACHINE, Repository.textFiles())).isEmpty();
    }

    @Test
    void nothing_is_left_open_and_no_test_looks_away_or_waits_for_time_to_pass() throws IOException {
        List<Path> java = Repository.textFiles()
                .stream()
                .filter(file -> file.toString().endsWith(".java") && !file.endsWith("RepositoryTest.java"))
                .toList();
        assertThat(found(LEFT_OPEN, java)).isEmpty();
        assertThat(found(NO_TEST, java.stream().filter(file -> file.toString().contains("src/test/")).toList()))
                .isEmpty();
    }

    @Test
    void the_patterns_find_what_they_are_for() {
        String home = "see " + "/ro" + "ot/.m2";
        assertThat(ONE_MACHINE.matcher(home).find()).isTrue();
        assertThat(ONE_MACHINE.matcher("https://" + "registry" + ".npmjs." + "org").find()).isTrue();
        assertThat(ONE_MACHINE.matcher("https://maven.apache.org/xsd/maven-4.0.0.xsd").find()).isFalse();
        assertThat(LEFT_OPEN.matcher("// TODO later").find()).isTrue();
        assertThat(NO_TEST.matcher("Thread.sleep(100)").find()).isTrue();
        assertThat(NO_TEST.matcher("@Disabled(\"flaky\")").find()).isTrue();
    }

    @Test
    void a_path_is_told_from_a_route_and_from_code() {
        assertThat(Repository.pathsNamedIn("`engine/` and `docs/a.md`, `POM.xml`; `/health`, `a / b`, `Node.kind`"))
                .containsExactly("engine/", "docs/a.md", "POM.xml");
    }

    private static List<String> found(Pattern pattern, List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(Repository.ROOT.resolve(file));
            for (int i = 0; i < lines.size(); i++)
                if (pattern.matcher(lines.get(i)).find()) found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
        return found;
    }
}
