package dev.jackstaff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The flag files of `examples/` are right, and say the same in every notation.
class ExamplesTest {
    private static final String CONTEXT = """
            {"targetingKey": "user-1", "plan": "pro", "locale": "fr-BE",
             "gofeatureflag": {"currentDateTime": "2026-08-01T00:00:00Z"}}""";

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "json", "toml"})
    void an_example_is_valid_and_answers_like_the_others(String extension) {
        String file = "../examples/flags." + extension;
        assertThat(CommandLineRun.of("lint", "--strict", file))
                .isEqualTo(new CommandLineRun(0, "INFO: Valid GO Feature Flag configuration\n", ""));
        assertThat(CommandLineRun.of("evaluate", file, "--ctx", CONTEXT, "--output", "text"))
                .isEqualTo(new CommandLineRun(0, """
                banner-text: "Bienvenue !" (variation french, TARGETING_MATCH)
                dark-mode: "dark" (variation dark, SPLIT)
                new-checkout: true (variation enabled, TARGETING_MATCH_SPLIT)
                search-ranking: {"boost":1.5,"model":"hybrid"} (variation treatment, SPLIT)
                """, ""));
    }
}
