package dev.jackstaff.verify.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every seed, and with it every input that was once a finding, through its target.
class SeedsTest {
    private static final Path SEEDS = Path.of("seeds");
    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "YamlFlags", YamlFlags::fuzzerTestOneInput,
            "JsonFlags", JsonFlags::fuzzerTestOneInput,
            "TomlFlags", TomlFlags::fuzzerTestOneInput,
            "RulesQueries", RulesQueries::fuzzerTestOneInput,
            "LogicQueries", LogicQueries::fuzzerTestOneInput,
            "Contexts", Contexts::fuzzerTestOneInput);

    static Stream<Arguments> seeds() throws IOException {
        try (Stream<Path> files = Files.walk(SEEDS)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> Arguments.of(SEEDS.relativize(file).getName(0).toString(), file))
                    .sorted(java.util.Comparator.comparing(seed -> seed.get()[1].toString()))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("seeds")
    void a_seed_passes(String target, Path seed) throws IOException {
        assertThat(TARGETS).containsKey(target);
        TARGETS.get(target).accept(Files.readAllBytes(seed));
    }

    @Test
    void every_target_has_seeds() {
        assertThat(TARGETS.keySet()).allSatisfy(target -> assertThat(SEEDS.resolve(target)).isNotEmptyDirectory());
    }

    @Test
    void the_planted_mistake_is_one_that_input_can_reach() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Planted.fuzzerTestOneInput("plan sw \"\"".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void what_does_not_hold_is_told() {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Oracle.require(false, "told"))
                .withMessage("told");
    }
}
