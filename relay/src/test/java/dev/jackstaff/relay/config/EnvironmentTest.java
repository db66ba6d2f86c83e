package dev.jackstaff.relay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.runtime.FlagSetOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Environment variables over a configuration file, through the front door.
class EnvironmentTest {
    private static final String RETRIEVER = "retriever: {kind: file, path: flags.yaml}\n";

    @TempDir
    Path folder;

    @Test
    void variables_win_over_the_file_value_by_value() throws IOException {
        RelayConfig config = read(
                RETRIEVER + "server: {host: 127.0.0.1, port: 1}\nauthorizedKeys: {evaluation: [a], admin: [b]}\n"
                        + "evaluationContextEnrichment: {plan: pro, region: eu}\n",
                "SERVER_PORT", "8080",
                "AUTHORIZEDKEYS_EVALUATION", "x, y",
                "EVALUATIONCONTEXTENRICHMENT_PLAN", "free",
                "POLLINGINTERVAL", "5000",
                "HIDEBANNER", "true");
        assertThat(config.server()).isEqualTo(new RelayConfig.Server("127.0.0.1", 8080, null, null, false));
        assertThat(config.keys().evaluation()).containsExactlyInAnyOrder(key("x"), key("y"));
        assertThat(config.keys().admin()).as("stays, unlike in the original").containsExactly(key("b"));
        FlagSetOptions options = config.flagSets().getFirst().options();
        assertThat(options.compile().enrichment()).containsEntry("plan", "free").containsEntry("region", "eu");
        assertThat(options.pollingInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.hideBanner()).isTrue();
        assertThat(config.problems()).isEmpty();
    }

    @Test
    void variables_alone_are_a_configuration() throws IOException {
        RelayConfig config = read("", "RETRIEVERS_0_KIND", "file", "RETRIEVERS_0_PATH", "a.yaml", "RETRIEVER_KIND",
                "file", "RETRIEVER_PATH", "first.yaml");
        assertThat(config.flagSets().getFirst().retrievers())
                .extracting(retriever -> retriever.settings().get("path"))
                .containsExactly("first.yaml", "a.yaml");
    }

    @Test
    void items_of_lists_are_merged_by_their_number() throws IOException {
        String two = """
                flagsets:
                  - {name: a, apiKeys: [k], retriever: {kind: file, path: a.yaml}}
                  - {name: b, apiKeys: [l], retrievers: [{kind: file, path: b.yaml}]}
                """;
        RelayConfig config = read(two, "FLAGSETS_1_RETRIEVERS_0_PATH", "c.yaml", "FLAGSETS_1_APIKEYS", "m,n",
                "FLAGSETS_2_NAME", "new", "FLAGSETS_2_APIKEYS", "o", "FLAGSETS_2_RETRIEVER_KIND", "file",
                "FLAGSETS_2_RETRIEVER_PATH", "d.yaml");
        assertThat(config.flagSets())
                .extracting(flagSet -> flagSet.retrievers().getFirst().settings().get("path"))
                .containsExactly("a.yaml", "c.yaml", "d.yaml");
        assertThat(config.flagSets().get(1).keys()).containsExactlyInAnyOrder(key("m"), key("n"));
        assertThat(config.flagSets().get(2).name()).isEqualTo("new");
    }

    @Test
    void a_mistake_names_the_variable() throws IOException {
        assertThat(reading(RETRIEVER, "SERVER_PORT", "eighty").problems())
                .extracting(Problem::toString)
                .containsExactly("environment variable SERVER_PORT: error: server.port:"
                        + " 'server.port' cannot parse value as 'int' (a whole number)");
        assertThat(reading("retrievers: []", "RETRIEVERS_1_KIND", "file", "RETRIEVERS_1_PATH", "x").problems())
                .extracting(Problem::message)
                .containsExactly(
                        "retriever at index 0 validation failed: invalid retriever: kind \"\" is not supported");
    }

    /// R-D26: the original crashes on some of these, and shows the value of others.
    @Test
    void foreign_variables_change_nothing_and_show_nothing() throws IOException {
        RelayConfig config = read(RETRIEVER,
                "PATH", "/bin",
                "HOST", "build-7",
                "VERSION", "9",
                "DEBUG", "1",
                "ENVIRONMENT", "staging",
                "SERVER_SERVICE_HOST", "10.0.0.1",
                "SERVER_PORT", "tcp://10.0.0.1:80",
                "SERVER_PORT_80_TCP_ADDR", "10.0.0.1",
                "RETRIEVERS", "s3cret",
                "RETRIEVERS_0", "s3cret",
                "RETRIEVERS_-1_KIND", "s3cret",
                "RETRIEVERS_4000000000_KIND", "s3cret",
                "FLAGSETS_0", "s3cret",
                "NOTIFIER_URL", "s3cret",
                "SERVER", "s3cret",
                "_", "x",
                "", "x");
        assertThat(config.server().port()).isEqualTo(1031);
        assertThat(config.servesByKey()).isFalse();
        assertThat(config.flagSets().getFirst().options().compile().enrichment()).isEmpty();
        assertThat(config.problems()).extracting(Problem::path).contains("server.port", "retrievers", "notifier.url");
        assertThat(config.problems().toString()).doesNotContain("s3cret");
    }

    @Test
    void with_a_prefix_only_variables_that_have_it_count() throws IOException {
        String text = RETRIEVER + "envVariablePrefix: GOFF_\n";
        RelayConfig config = read(text, "SERVER_PORT", "1", "GOFF_SERVER_PORT", "2", "GOFF_ENVIRONMENT", "prod",
                "GOFF_SERVRE_HOST", "x");
        assertThat(config.server().port()).isEqualTo(2);
        assertThat(config.flagSets().getFirst().options().compile().enrichment()).containsEntry("env", "prod");
        assertThat(config.problems())
                .extracting(Problem::toString)
                .containsExactly("environment variable GOFF_SERVRE_HOST: warning: servre.host: no configuration key");
    }

    /// R-D27: a forgotten variable is told, and does not open the relay.
    @Test
    void an_empty_variable_for_keys_stops_the_start() throws IOException {
        assertThat(reading(RETRIEVER + "authorizedKeys: {evaluation: [k]}", "AUTHORIZEDKEYS_EVALUATION", "").problems())
                .extracting(Problem::toString)
                .containsExactly("environment variable AUTHORIZEDKEYS_EVALUATION: error: authorizedKeys.evaluation:"
                        + " has only empty keys (remove it to do without keys)");
    }

    private static KeyDigest key(String text) {
        return KeyDigest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private RelayConfig read(String text, String... variables) throws IOException {
        ConfigReading reading = reading(text, variables);
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }

    private ConfigReading reading(String text, String... variables) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) environment.put(variables[i], variables[i + 1]);
        Path file = Files.writeString(folder.resolve("goff-proxy.yaml"), text);
        return new ConfigSource(file, List.of(), environment).read();
    }
}
