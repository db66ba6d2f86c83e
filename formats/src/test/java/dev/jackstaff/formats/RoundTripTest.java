package dev.jackstaff.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written is read.
class RoundTripTest {
    private static final int FLAGS = 100;

    static Stream<Arguments> seeds() {
        return Stream.of(Syntax.values())
                .flatMap(syntax -> IntStream.range(0, 10).mapToObj(seed -> Arguments.of(syntax, seed)));
    }

    @ParameterizedTest(name = "{0} seed={1}")
    @MethodSource("seeds")
    void a_definition_that_is_written_and_read_says_the_same(Syntax syntax, int seed) {
        RandomFlags random = new RandomFlags(seed, syntax);
        for (int i = 0; i < FLAGS; i++) {
            Map<String, FlagDefinition> written = new LinkedHashMap<>();
            for (int flag = 0; flag < 3; flag++) written.put("flag " + flag, random.flag("flag " + flag));
            String text = FlagTexts.of(syntax, written.values(), new Random(seed));
            Map<String, FlagDefinition> read = Texts.flags(syntax, text);
            assertThat(Changes.between(written, read)).as("%s", text).matches(Changes::isEmpty);
            assertThat(read.keySet()).containsExactlyElementsOf(written.keySet());
        }
    }
}
