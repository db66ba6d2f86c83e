package dev.jackstaff.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written is read.
class RoundTripTest {
    private static final int TEXTS = 100;

    static Stream<Arguments> seeds() {
        return Stream.of(Syntax.values())
                .flatMap(syntax -> IntStream.range(0, 10).mapToObj(seed -> Arguments.of(syntax, seed)));
    }

    @ParameterizedTest(name = "{0} seed={1}")
    @MethodSource("seeds")
    void a_definition_that_is_written_and_read_says_the_same(Syntax syntax, int seed) {
        assertThat(textThatIsReadAsSomethingElse(syntax, seed, text -> Texts.flags(syntax, text))).isNull();
    }

    /// The bug of every second reader of YAML.
    @ParameterizedTest
    @EnumSource(Syntax.class)
    void a_reader_that_takes_a_version_for_a_number_is_found_out(Syntax syntax) {
        UnaryOperator<FlagDefinition> shorten = flag -> new FlagDefinition(
                flag.key(),
                flag.variations(),
                flag.targeting(),
                flag.bucketingKey(),
                flag.defaultRule(),
                flag.experimentation(),
                flag.scheduledRollout(),
                flag.trackEvents(),
                flag.disable(),
                "1.10".equals(flag.version()) ? "1.1" : flag.version(),
                flag.metadata(),
                flag.locations());
        assertThat(textThatIsReadAsSomethingElse(syntax, 1, text -> {
            Map<String, FlagDefinition> flags = new LinkedHashMap<>();
            Texts.flags(syntax, text).forEach((key, flag) -> flags.put(key, shorten.apply(flag)));
            return flags;
        }))
                .contains("1.10");
    }

    private static String textThatIsReadAsSomethingElse(
            Syntax syntax, int seed, Function<String, Map<String, FlagDefinition>> reader) {
        RandomFlags random = new RandomFlags(seed, syntax);
        for (int i = 0; i < TEXTS; i++) {
            Map<String, FlagDefinition> written = new LinkedHashMap<>();
            for (int flag = 0; flag < 3; flag++) written.put("flag " + flag, random.flag("flag " + flag));
            String text = FlagTexts.of(syntax, written.values(), new Random(seed));
            Map<String, FlagDefinition> read = reader.apply(text);
            boolean same = Changes.between(written, read).isEmpty()
                    && List.copyOf(read.keySet()).equals(List.copyOf(written.keySet()));
            if (!same) return text;
        }
        return null;
    }
}
