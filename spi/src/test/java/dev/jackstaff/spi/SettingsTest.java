package dev.jackstaff.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @Test
    void a_missing_required_key_has_the_message_of_go_feature_flag() {
        Settings settings = new Settings("http", Map.of());

        assertThat(settings.required("url")).isEmpty();
        assertThat(problems(settings))
                .containsExactly("invalid retriever: no \"url\" property found for kind \"http\"");
    }

    @Test
    void an_empty_required_key_counts_as_missing() {
        Settings settings = new Settings("file", Map.of("path", ""));

        settings.required("path");
        assertThat(problems(settings)).hasSize(1);
    }

    @Test
    void keys_are_found_in_any_letter_case() {
        assertThat(new Settings("file", Map.of("PATH", "a.yaml")).required("path"))
                .isEqualTo("a.yaml");
    }

    @Test
    void a_duration_of_zero_or_less_is_the_default() {
        assertThat(timeout(0)).isEqualTo(TEN_SECONDS);
        assertThat(timeout(-1)).isEqualTo(TEN_SECONDS);
        assertThat(timeout(null)).isEqualTo(TEN_SECONDS);
    }

    @Test
    void a_duration_may_be_text_as_environment_variables_are() {
        assertThat(timeout("2500")).isEqualTo(Duration.ofMillis(2500));
        assertThat(timeout(2500.0)).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void headers_may_be_single_texts_or_lists() {
        Settings settings = new Settings("http", Map.of("headers", Map.of("A", "1", "B", List.of("2", 3))));

        assertThat(settings.lists("headers"))
                .isEqualTo(Map.of("A", List.of("1"), "B", List.of("2", "3")));
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @Test
    void every_problem_is_reported_and_none_shows_a_value() {
        Settings settings =
                new Settings("http", Map.of("url", List.of("s3cret"), "timeout", "s3cret", "headers", "s3cret"));
        settings.required("url");
        settings.milliseconds("timeout", TEN_SECONDS);
        settings.lists("headers");

        assertThat(problems(settings))
                .hasSize(3)
                .anyMatch(text -> text.contains("\"url\" must be a text"))
                .anyMatch(text -> text.contains("\"timeout\" must be a whole number"))
                .anyMatch(text -> text.contains("\"headers\" must be a map"))
                .noneMatch(text -> text.contains("s3cret"));
    }

    @Test
    void a_path_is_optional_and_must_be_one() {
        Settings settings = new Settings("http", Map.of("caCertPath", "ca.pem", "clientKeyPath", "a\0b"));

        assertThat(settings.path("caCertPath")).contains(Path.of("ca.pem"));
        assertThat(settings.path("clientCertPath")).isEmpty();
        assertThat(settings.path("clientKeyPath")).isEmpty();
        assertThat(problems(settings)).singleElement().asString().contains("\"clientKeyPath\" is not a path");
    }

    @Test
    void a_url_is_optional_and_must_be_one_with_a_host() {
        Settings settings = new Settings("http", Map.of("url", "https://a.test/b?c", "ftp", "ftp://a.test/", "bare",
                "http:a", "spaced", "http://a.test/s3cret word"));

        assertThat(settings.url("url")).contains(URI.create("https://a.test/b?c"));
        assertThat(settings.url("absent")).isEmpty();
        assertThat(settings.url("ftp")).isEmpty();
        assertThat(settings.url("bare")).isEmpty();
        assertThat(settings.url("spaced")).isEmpty();
        assertThat(problems(settings)).hasSize(3).noneMatch(text -> text.contains("s3cret"));
    }

    @Test
    void headers_have_names_and_values_that_can_be_sent() {
        Settings settings = new Settings("http",
                Map.of("headers", Map.of("X Y", "1", "X-A", "s3cret\r\nX-B: 2", "X-C", "fine\t")));

        settings.headers("headers");
        assertThat(problems(settings)).hasSize(2)
                .anyMatch(text -> text.contains("X Y"))
                .anyMatch(text -> text.contains("\"headers.X-A\""))
                .noneMatch(text -> text.contains("s3cret"));
    }

    @Test
    void a_map_of_texts_has_texts_and_nothing_else() throws Exception {
        Settings settings = new Settings("exporter", "webhook", Map.of("meta", Map.of("b", 1, "a", "x")));
        assertThat(settings.texts("meta")).containsExactly(Map.entry("a", "x"), Map.entry("b", "1"));
        assertThat(settings.texts("gone")).isEmpty();
        settings.check();
        Settings wrong = new Settings("exporter", "webhook", Map.of("meta", Map.of("a", List.of("s3cret"))));
        assertThat(wrong.texts("meta")).isEmpty();
        assertThat(problems(wrong))
                .containsExactly("invalid exporter: \"meta\" must be a map of names to texts");
    }

    private static Duration timeout(@Nullable Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("timeout", value);
        Settings settings = new Settings("http", values);
        Duration timeout = settings.milliseconds("timeout", TEN_SECONDS);
        assertThatCode(settings::check).doesNotThrowAnyException();
        return timeout;
    }

    private static List<String> problems(Settings settings) {
        return catchThrowableOfType(InvalidSettingsException.class, settings::check)
                .problems();
    }
}
