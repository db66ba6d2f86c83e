package dev.jackstaff.relay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.engine.flag.Compatibility;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.runtime.ConfiguredExporter;
import dev.jackstaff.runtime.FlagSetOptions;
import dev.jackstaff.spi.InvalidSettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayConfigTest {
    private static final String RETRIEVER = "retriever: {kind: file, path: flags.yaml}\n";

    @TempDir
    Path folder;

    @Test
    void what_is_not_configured_has_the_defaults_of_the_original() throws IOException {
        RelayConfig config = read(RETRIEVER);
        assertThat(config.server()).isEqualTo(new RelayConfig.Server("0.0.0.0", 1031, null, null, false));
        assertThat(config.log())
                .isEqualTo(new RelayConfig.Log(RelayConfig.Log.Level.INFO, RelayConfig.Log.Format.JSON));
        assertThat(config.flagSets().getFirst().options()).isEqualTo(FlagSetOptions.named("default"));
        assertThat(config.disableVersionHeader()).isFalse();
        assertThat(config.hideBanner()).isFalse();
        assertThat(config.problems()).isEmpty();
    }

    @Test
    void every_key_is_read_whatever_its_letter_case() throws IOException {
        RelayConfig config = read("""
                Server: {HOST: 127.0.0.1, Port: "8080", mode: http}
                RETRIEVERS:
                  - {kind: file, path: a.json}
                  - {kind: file, path: b.json}
                fileformat: JSON
                pollingInterval: 1
                enablePollingJitter: "true"
                startWithRetrieverError: 1
                evaluationContextEnrichment: {plan: pro, age: 42, ratio: 0.25, nested: {a: [1]}, nothing: null}
                environment: prod
                logLevel: WARNING
                logFormat: Logfmt
                disableVersionHeader: true
                hideBanner: true
                compatibility: exact
                strict: true
                """);
        assertThat(config.server()).isEqualTo(new RelayConfig.Server("127.0.0.1", 8080, null, null, false));
        assertThat(config.flagSets().getFirst().retrievers())
                .extracting(retriever -> retriever.settings().get("path"))
                .containsExactly("a.json", "b.json");
        FlagSetOptions options = config.flagSets().getFirst().options();
        assertThat(options.syntax()).isEqualTo(Syntax.JSON);
        assertThat(options.pollingInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.pollingJitter()).isTrue();
        assertThat(options.startWithRetrieverError()).isTrue();
        assertThat(options.compile().compatibility()).isEqualTo(Compatibility.EXACT);
        assertThat(options.compile().strict()).isTrue();
        assertThat(options.compile().enrichment())
                .containsEntry("plan", "pro")
                .containsEntry("age", 42L)
                .containsEntry("ratio", 0.25)
                .containsEntry("nested", Map.of("a", List.of(1L)))
                .containsEntry("nothing", null)
                .containsEntry("env", "prod");
        assertThat(config.log())
                .isEqualTo(new RelayConfig.Log(RelayConfig.Log.Level.WARN, RelayConfig.Log.Format.LOGFMT));
        assertThat(config.disableVersionHeader()).isTrue();
        assertThat(config.hideBanner()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "pollingInterval: -1 | false | PT-0.001S",
        "pollingInterval: 0 | true | PT1M",
        "pollingInterval: 999 | true | PT1S",
        "pollingInterval: 2500 | true | PT2.5S",
    })
    void polling_intervals_follow_the_originals_rules(String line, boolean polls, Duration interval)
            throws IOException {
        FlagSetOptions options = read(RETRIEVER + line).flagSets().getFirst().options();
        assertThat(options.polls()).isEqualTo(polls);
        assertThat(options.pollingInterval()).isEqualTo(interval);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "logLevel: loud | unrecognized level: \"loud\"",
        "logFormat: xml | invalid log format xml",
        "server: {mode: unixsocket} | unixSocketPath must be set when server mode is unixsocket",
        "server: {mode: lambda} | server mode \"lambda\" is not part of this version",
        "server: {port: tcp://10.0.0.1} | 'server.port' cannot parse value as 'int'",
        "server: {port: 70000} | no port: 70000",
        "server: {monitoringPort: -1} | no port: -1",
        "server: {monitoringPort: 1031} | is the main port, too: 1031",
        "server: 8080 | must be a map, not a number",
        "hideBanner: perhaps | 'hideBanner' cannot parse value as 'bool'",
        "readiness: {staleLimit: -1} | no limit: -1",
        "deadline: {server: -1} | no time limit: -1",
        "deadline: {server: 60001} | no time limit: 60001",
        "deadline: {route: {evaluate: 0}} | no time limit: 0",
        "deadline: {route: {bulk: 2s}} | 'deadline.route.bulk' cannot parse value as 'int'",
        "deadline: {headers: [a, b]} | one header of your own is read, and b is another",
        "deadline: {headers: [X-Request-Start]} | X-Request-Start is a time stamp and no time limit",
        "deadline: {headers: [a b]} | no name of a header: \"a b\"",
        "deadline: {refuseFraction: 1.5} | no fraction: 1.5",
        "deadline: {refuseFraction: some} | 'deadline.refuseFraction' cannot parse value as 'float64'",
        "deadline: {status: 504} | no status: \"504\"",
        "deadline: {trustedProxies: [proxy.example]} | no address or range of addresses: \"proxy.example\"",
        "deadline: {trustedProxies: [10.0.0.0/33]} | no address or range of addresses: \"10.0.0.0/33\"",
        "restApiTimeout: soon | 'deadline.server' cannot parse value as 'int'",
        "compatibility: most | no compatibility: \"most\"",
        "evaluationContextEnrichment: 7 | must be a map, not a number",
        "retrievers: [{kind: file}] | retriever at index 0 validation failed: invalid retriever: no \"path\" property found for kind \"file\"",
        "retrievers: [{kind: pigeon}] | retriever at index 0 validation failed: invalid retriever: kind \"pigeon\" is not supported",
        "retrievers: [{path: x}] | retriever at index 0 validation failed: invalid retriever: kind \"\" is not supported",
        "retrievers: [seven] | must be a list of maps, but one item is a string",
    })
    void a_mistake_stops_the_start_with_the_originals_message(String line, String message) throws IOException {
        assertThat(errors(RETRIEVER + line)).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{} | no retriever available in the configuration",
        "retrievers: [] | no retriever available in the configuration",
        "retriever: {kind: file} | invalid retriever: no \"path\" property found for kind \"file\"",
        "retriever: {kind: s3, bucket: b} | invalid retriever: kind \"s3\" is not supported",
    })
    void without_a_usable_retriever_nothing_starts(String text, String message) throws IOException {
        assertThat(errors(text)).containsExactly(message);
    }

    @Test
    void a_unix_socket_is_listened_on_instead_of_the_port() throws IOException {
        RelayConfig.Server server =
                read(RETRIEVER + "server: {mode: unixsocket, unixSocketPath: /run/relay.sock, monitoringPort: 1031}")
                        .server();
        assertThat(server).isEqualTo(new RelayConfig.Server("0.0.0.0", 1031, 1031, Path.of("/run/relay.sock"), false));
    }

    @Test
    void mistakes_are_found_together_in_the_originals_order_with_their_places() throws IOException {
        List<Problem> problems =
                problems("retriever: {kind: file}\nserver: {mode: lambda}\nlogFormat: xml\nlogLevel: loud\n");
        assertThat(problems).extracting(Problem::path)
                .containsExactly("logLevel", "logFormat", "server.mode", "retriever");
        assertThat(problems).extracting(problem -> problem.location().line()).containsExactly(4, 3, 2, 1);
    }

    @Test
    void keys_are_digested_and_the_older_name_is_told() throws IOException {
        RelayConfig config = read(RETRIEVER
                + "authorizedKeys: {Evaluation: \"a,b,,12\", admin: [c, \"sha256:"
                + "FB8E20FC2E4C3F248C60C39BD652F3C1347298BB977B8B4D5903B85055620603\"]}\napiKeys: [d, 3]\n");
        assertThat(config.keys().evaluation()).containsExactlyInAnyOrder(key("a"), key("b"), key("12"), key("d"),
                key("3"));
        assertThat(config.keys().admin()).containsExactlyInAnyOrder(key("c"), key("ab"));
        assertThat(config.problems())
                .extracting(Problem::toString)
                .containsExactly(config() + ":3:10: warning: apiKeys: deprecated (authorizedKeys.evaluation)");
    }

    /// R-D27: a list of nothing but empty keys is a forgotten variable and no wish to serve everybody.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "authorizedKeys: {evaluation: [\"\"]} | has only empty keys",
        "authorizedKeys: {evaluation: \"\"} | has only empty keys",
        "apiKeys: [\"\", null] | has only empty keys",
        "authorizedKeys: {admin: [\"sha256:12\"]} | a key begins with \"sha256:\" and is no digest",
        "authorizedKeys: {evaluation: [{a: b}]} | must be a list of texts, but one item is a map",
    })
    void keys_that_cannot_be_meant_stop_the_start(String line, String message) throws IOException {
        assertThat(errors(RETRIEVER + line)).containsExactly(message);
    }

    private static final String TWO = """
            authorizedKeys: {evaluation: [ek], admin: [ak]}
            flagsets:
              - {name: a, apiKeys: [k1, k2], retriever: {kind: file, path: a.yaml}, pollingInterval: 5000}
              - name: b
                apiKeys: "k3, k4"
                fileFormat: json
                retrievers: [{kind: file, path: b.json}]
                evaluationContextEnrichment: {plan: pro}
                environment: prod
            """;

    @Test
    void each_flag_set_has_its_own_keys_retrievers_and_options() throws IOException {
        RelayConfig config = read(TWO);
        assertThat(config.servesByKey()).isTrue();
        assertThat(config.isOpen()).isFalse();
        assertThat(config.problems()).isEmpty();
        assertThat(config.flagSets()).extracting(FlagSetConfig::name).containsExactly("a", "b");
        FlagSetConfig a = config.flagSets().getFirst(), b = config.flagSets().getLast();
        assertThat(a.keys()).containsExactlyInAnyOrder(key("k1"), key("k2"));
        assertThat(b.keys()).containsExactlyInAnyOrder(key("k3"), key("k4"));
        assertThat(a.options().pollingInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(b.options().syntax()).isEqualTo(Syntax.JSON);
        assertThat(b.options().compile().enrichment()).containsEntry("plan", "pro").containsEntry("env", "prod");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[{name: a, retriever: {kind: file, path: f}}] | flagset a has no API keys",
        "[{name: a, apiKeys: [], retriever: {kind: file, path: f}}] | flagset a has no API keys",
        "[{apiKeys: [], retriever: {kind: file, path: f}}] | flagset at index 0 has no API keys",
        "[{name: a, apiKeys: [k]}] | flagset a: no retriever available in the configuration",
        "[{name: a, apiKeys: [k], retriever: {kind: file}}] | flagset a: invalid retriever: no \"path\" property found for kind \"file\"",
        "[{name: a, apiKeys: [k], retriever: {kind: file, path: f}}, {name: a, apiKeys: [l], retriever: {kind: file, path: f}}] | flagset a is there twice",
        "[{name: a, apiKeys: [k], retriever: {kind: file, path: f}}, {name: b, apiKeys: [k], retriever: {kind: file, path: f}}] | API key sha256:8254... is used by multiple flagsets: a and b",
        "[{name: a, apiKeys: [k], retriever: {kind: file, path: f}, exporters: [{kind: carrierPigeon}]}] | flagset a: exporter at index 0 validation failed: invalid exporter: kind \"carrierPigeon\" is not supported",
    })
    void a_mistake_in_a_flag_set_names_it(String flagSets, String message) throws IOException {
        assertThat(errors("flagsets: " + flagSets)).containsExactly(message);
    }

    @Test
    void a_flag_set_without_a_name_gets_one_that_a_reload_keeps() throws IOException {
        String text = "flagsets: [{name: default, apiKeys: [k], retriever: {kind: file, path: f}}]";
        RelayConfig config = read(text);
        String name = config.flagSets().getFirst().name();
        assertThat(name).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(config.problems()).singleElement().asString().contains(name);
        assertThat(read(text).flagSets().getFirst().name()).isEqualTo(name);
    }

    @Test
    void beside_flag_sets_the_keys_at_the_top_are_told_to_mean_nothing() throws IOException {
        assertThat(read(TWO + RETRIEVER + "pollingInterval: 1\nexporter: {kind: log}\n").problems())
                .extracting(Problem::path, Problem::message)
                .containsExactly(
                        tuple("retriever", "ignored beside flagsets: each flag set has its own"),
                        tuple("pollingInterval", "ignored beside flagsets: each flag set has its own"),
                        tuple("exporter", "ignored beside flagsets: each flag set has its own"));
        assertThat(read(TWO.replace("fileFormat", "fileFromat")).problems())
                .extracting(Problem::toString)
                .containsExactly(config() + ":6:5: warning: flagsets.1.fileFromat: unknown key, ignored"
                        + " (did you mean \"fileFormat\"?)");
    }

    @Test
    void named_flag_files_and_flag_sets_do_not_go_together() throws IOException {
        Files.writeString(config(), TWO);
        assertThat(RelayConfig.read(config(), List.of(Path.of("f.yaml"))).problems())
                .extracting(Problem::message)
                .containsExactly("cannot be served beside flag files that are named");
    }

    @Test
    void secrets_can_stand_in_files_and_variables() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "k1\n");
        String text = RETRIEVER + "authorizedKeys: {evaluation: ['file:" + key + "', 'env:KEY']}\n";
        RelayConfig config = (RelayConfig) reading(text, Map.of("KEY", "k2"));
        assertThat(config.keys().evaluation()).containsExactlyInAnyOrder(key("k1"), key("k2"));
        assertThat(config.files()).containsExactlyInAnyOrder(config(), key);
        assertThat(reading(text, Map.of()).problems())
                .extracting(Problem::message)
                .containsExactly("environment variable KEY is not set");
        Files.delete(key);
        assertThat(reading(text, Map.of("KEY", "k2")).problems())
                .extracting(Problem::message)
                .containsExactly("there is no file " + key);
    }

    @Test
    void what_is_in_force_is_told_with_its_place_and_without_secrets() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "in-a-file");
        String text =
                "retriever: {kind: file, path: f, url: 'https://user:pass@h/f?t=in-a-query', body: in-a-body, headers: {Authorization: [Bearer top-secret]}}\n"
                        + "authorizedKeys: {evaluation: [in-the-open, 'file:" + key + "'], admin: ['env:ADMIN']}\n"
                        + "logLevel: warn\n";
        ConfigReading reading = reading(text, Map.of("SERVER_PORT", "8080", "ADMIN", "in-a-variable"));
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        List<String> settings = ((RelayConfig) reading).settings().stream().map(EffectiveSetting::toString).toList();
        assertThat(settings)
                .contains(
                        "logLevel: warn  (" + config() + ":3:11)",
                        "logFormat: json  (default)",
                        "server.port: 8080  (environment variable SERVER_PORT)",
                        "retriever.kind: file  (" + config() + ":1:19)",
                        "retriever.url: https://***@h/f?***  (" + config() + ":1:39)",
                        "retriever.headers.Authorization.0: ***  (" + config() + ":1:120)");
        assertThat(settings + " " + reading)
                .doesNotContain("top-secret")
                .doesNotContain("pass@")
                .doesNotContain("in-the-open")
                .doesNotContain("in-a-file")
                .doesNotContain("in-a-query")
                .doesNotContain("in-a-body")
                .doesNotContain("in-a-variable");
    }

    @Test
    void what_clients_can_ask_of_it_is_configured_in_milliseconds_and_bytes() throws IOException {
        String text =
                RETRIEVER + "limits: {connections: 10, headTimeout: 1, writeTimeout: 2, idleTimeout: 3, bodyRate: 0,"
                        + " queueTime: 5}";
        ConfigReading reading = reading(text, Map.of("LIMITS_CONNECTIONSPERADDRESS", "4"));
        assertThat(((RelayConfig) reading).limits())
                .isEqualTo(new ClientLimits(
                        10, 4, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3), 0,
                        Duration.ofMillis(5)));
        assertThat(((RelayConfig) reading(RETRIEVER, Map.of())).limits()).isEqualTo(ClientLimits.DEFAULT);
    }

    @Test
    void how_often_may_be_asked_with_a_key_is_configured_for_all_and_for_a_flag_set() throws IOException {
        assertThat(rates(RETRIEVER)).containsExactly((RequestRate) null);
        String keys = "authorizedKeys: {evaluation: [k]}\n";
        assertThat(rates(RETRIEVER + keys + "limits: {requestRate: 2.5}"))
                .containsExactly(new RequestRate(2.5, 3));
        assertThat(rates(RETRIEVER + keys + "limits: {requestRate: 100, requestBurst: 500}"))
                .containsExactly(new RequestRate(100, 500));
        String sets = "limits: {requestRate: 10, requestBurst: 20}\nflagsets:\n";
        int next = 0;
        for (String own : List.of(
                "", "limits: {requestRate: 5}, ", "limits: {requestRate: 0}, ", "limits: {requestBurst: 7}, "))
            sets += "  - {name: s" + next + ", apiKeys: [k" + next++ + "], " + own + RETRIEVER.strip() + "}\n";
        assertThat(rates(sets)).containsExactly(
                new RequestRate(10, 20), new RequestRate(5, 5), null, new RequestRate(10, 7));
        RelayConfig fromVariables = (RelayConfig) reading(
                RETRIEVER + keys, Map.of("LIMITS_REQUESTRATE", "0.5", "LIMITS_REQUESTBURST", "9"));
        assertThat(fromVariables.flagSets().getFirst().rate()).isEqualTo(new RequestRate(0.5, 9));
    }

    private List<@Nullable RequestRate> rates(String text) throws IOException {
        RelayConfig config = (RelayConfig) reading(text, Map.of());
        assertThat(config.problems()).isEmpty();
        List<@Nullable RequestRate> rates = new ArrayList<>();
        for (FlagSetConfig flagSet : config.flagSets()) rates.add(flagSet.rate());
        return rates;
    }

    @ParameterizedTest
    @CsvSource({"requestRate: -1, no rate: -1.0", "requestRate: 1000001, no rate: 1000001.0",
        "'requestRate: 1, requestBurst: 0', no burst: 0", "requestRate: NaN, no rate: NaN"})
    void a_rate_that_is_none_stops_the_start(String limits, String message) throws IOException {
        assertThat(errors(RETRIEVER + "limits: {" + limits + "}")).containsExactly(message);
    }

    @Test
    void how_flags_are_read_at_the_top_stands_for_flag_sets_that_do_not_say() throws IOException {
        String retriever = ", retriever: {kind: file, path: f}}";
        RelayConfig config = read("""
                compatibility: exact
                strict: true
                keepLastGood: false
                refuseEmpty: false
                flagsets:
                  - {name: a, apiKeys: [x]%s
                  - {name: b, apiKeys: [y], compatibility: corrected, strict: false, keepLastGood: true, refuseEmpty: true%s
                """.formatted(retriever, retriever));
        assertThat(config.problems()).isEmpty();
        assertThat(config.flagSets().get(0).options().compile())
                .isEqualTo(CompileOptions.DEFAULT.withCompatibility(Compatibility.EXACT)
                        .withStrict(true)
                        .withKeepLastGood(false)
                        .withRefuseEmpty(false));
        assertThat(config.flagSets().get(1).options().compile()).isEqualTo(CompileOptions.DEFAULT);
    }

    @Test
    void a_rate_that_nobody_can_have_is_warned_of() throws IOException {
        assertThat(reading(RETRIEVER + "limits: {requestRate: 1}", Map.of()).problems())
                .singleElement()
                .asString()
                .contains("limits", "requestRate has no effect", "without keys");
        assertThat(reading(RETRIEVER + "limits: {requestBurst: 1}", Map.of()).problems())
                .singleElement()
                .asString()
                .contains("limits.requestBurst", "has no effect without requestRate");
    }

    @ParameterizedTest
    @CsvSource({"connections, 0, 1", "headTimeout, -1, 1", "bodyRate, -1, 0", "queueTime, -1, 0",
        "idleTimeout, 3000000000, 1"})
    void a_limit_that_is_none_stops_the_start(String key, String value, int least) throws IOException {
        assertThat(errors(RETRIEVER + "limits: {" + key + ": " + value + "}"))
                .containsExactly("no limit: " + value);
    }

    @Test
    void flag_files_of_the_command_line_are_told_as_such() throws IOException {
        RelayConfig config = (RelayConfig) RelayConfig.read(
                Files.writeString(config(), ""), List.of(Path.of("a.yaml"), Path.of("b.json")));
        assertThat(config.settings())
                .extracting(EffectiveSetting::toString)
                .contains("retrievers.0.path: a.yaml  (command line)", "retrievers.1.path: b.json  (command line)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "exporter: {kind: carrierPigeon} | invalid exporter: kind \"carrierPigeon\" is not supported",
        "exporters: [{kind: log}, {kind: webhook}] | exporter at index 1 validation failed: invalid exporter: no \"endpointUrl\" property found for kind \"webhook\"",
        "exporter: {kind: log, flushInterval: -1} | invalid exporter: \"flushInterval\" must not be negative",
        "exporter: {kind: file, outputDir: o, format: parquet} | invalid exporter: \"format\" parquet is not part of this version; json or csv",
        "exporter: {} | invalid exporter: kind \"\" is not supported",
    })
    void a_mistake_in_an_exporter_stops_the_start(String line, String message) throws IOException {
        assertThat(errors(RETRIEVER + line)).containsExactly(message);
    }

    @Test
    void exporters_are_those_of_both_keys_the_single_one_first() throws IOException, InvalidSettingsException {
        RelayConfig config = read(RETRIEVER + "exporters: [{kind: file, outputDir: o}]\n"
                + "exporter: {kind: webhook, endpointUrl: 'https://h/x', eventType: tracking, secret: top-secret}\n");
        List<ConfiguredExporter> exporters = config.flagSets().getFirst().createExporters();
        assertThat(exporters).extracting(ConfiguredExporter::kind).containsExactly("webhook", "file");
        assertThat(exporters)
                .extracting(exporter -> exporter.options().type())
                .containsExactly(EventType.TRACKING, EventType.EVALUATION);
        assertThat(config.settings() + " " + config).doesNotContain("top-secret");
    }

    @Test
    void a_key_that_an_exporter_does_not_have_is_warned_about() throws IOException {
        assertThat(read(RETRIEVER + "exporter: {kind: log, LOGFORMAT: x, outputDir: o}\n"
                + "exporterCleanQueueInterval: 1m\n").problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "exporter kind \"log\" has no key \"outputDir\", ignored",
                        "has lost its meaning, ignored");
    }

    private static KeyDigest key(String text) {
        return KeyDigest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// What this version cannot honour and a deployment relies on stops it: never silently open, never silently lost.
    @ParameterizedTest
    @ValueSource(strings = {
        "notifiers: [{kind: slack}]",
        "startAsAwsLambda: true",
    })
    void a_key_that_is_not_built_and_matters_stops_the_start(String line) throws IOException {
        assertThat(errors(RETRIEVER + line)).singleElement().asString().startsWith("not part of this version: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "enablePprof: true",
        "jaeger: {sampler: {refresh: {interval: 1m}}}",
    })
    void a_key_that_is_not_built_and_can_be_missed_is_warned_about(String line) throws IOException {
        assertThat(read(RETRIEVER + line).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("not part of this version: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "authorizedKeys: {evaluation: [], admin: []}",
        "apiKeys: []",
        "exporters: []",
        "notifiers: []",
        "flagsets: []",
        "swagger: {enabled: false}",
        "enablePprof: false",
        "startAsAwsLambda: false",
    })
    void a_key_that_asks_for_nothing_is_no_matter(String line) throws IOException {
        assertThat(read(RETRIEVER + line).problems()).isEmpty();
    }

    @Test
    void the_last_flags_of_each_flag_set_are_in_a_file_of_its_own_that_can_be_written() throws IOException {
        assertThat(errors(RETRIEVER + "persistentFlagConfigurationFile: /no/such/folder/last.yaml\n"))
                .singleElement()
                .asString()
                .contains("no file can be written there: /no/such/folder/last.yaml");
        String set =
                "  - {name: %s, apiKeys: [%s], retriever: {kind: file, path: a.yaml}, persistentFlagConfigurationFile: %s}\n";
        assertThat(
                errors("flagsets:\n" + set.formatted("a", "ka", "last.yaml") + set.formatted("b", "kb", "./last.yaml")))
                .singleElement()
                .asString()
                .contains("flagset b keeps its flags in a file of another: ./last.yaml");
    }

    @Test
    void an_unknown_key_is_reported_with_the_nearest_known_one() throws IOException {
        assertThat(read(RETRIEVER + "logLevl: debug\npolingInterval: 5\nzzz: 1\nserver: {prot: 1}\n").problems())
                .extracting(Problem::toString)
                .containsExactly(
                        config() + ":2:1: warning: logLevl: unknown key, ignored (did you mean \"logLevel\"?)",
                        config() + ":3:1: warning: polingInterval: unknown key, ignored"
                                + " (did you mean \"pollingInterval\"?)",
                        config() + ":4:1: warning: zzz: unknown key, ignored",
                        config() + ":5:10: warning: server.prot: unknown key, ignored (did you mean \"server.port\"?)");
    }

    @Test
    void deadlines_are_those_of_the_design_unless_they_are_configured() throws IOException {
        assertThat(read(RETRIEVER).deadline()).isEqualTo(DeadlineConfig.DEFAULT);
        assertThat(read(RETRIEVER + """
                deadline:
                  server: 4000
                  route: {evaluate: 100, bulk: 200, collector: 300, refresh: 45000}
                  margin: 0
                  floor: 2
                  headers: [Prefer, X-Budget]
                  refuseFraction: 0.5
                  status: 503
                  trustedProxies: [10.0.0.0/8, "2001:db8::1"]
                """).deadline())
                .isEqualTo(new DeadlineConfig(
                        Duration.ofSeconds(4), Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300),
                        Duration.ofSeconds(45), Duration.ZERO, Duration.ofMillis(2), List.of("prefer", "x-budget"), 0.5,
                        false, List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("2001:db8::1"))));
    }

    /// The original's name, whose 0 meant no limit at all.
    @ParameterizedTest
    @CsvSource({"restApiTimeout: 3000, PT3S", "restApiTimeout: 0, PT1M", "deadline: {server: 0}, PT1M"})
    void no_configuration_is_without_a_limit(String line, Duration limit) throws IOException {
        assertThat(read(RETRIEVER + line).deadline().server()).isEqualTo(limit);
    }

    @Test
    void a_wrong_name_of_a_deadline_key_is_told_with_the_right_one() throws IOException {
        assertThat(read(RETRIEVER + "deadline: {refuse-fraction: 0.5}\n").problems())
                .extracting(Problem::toString)
                .containsExactly(config() + ":2:12: warning: deadline.refuse-fraction: unknown key, ignored"
                        + " (did you mean \"deadline.refuseFraction\"?)");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false", "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false", "192.168.128.0/17, 192.168.255.1, true",
        "192.168.128.0/17, 192.168.127.1, false", "0.0.0.0/0, 8.8.8.8, true", "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true", "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void a_range_holds_the_addresses_with_its_beginning(String range, String address, boolean holds) {
        assertThat(AddressRange.of(range).contains(InetAddress.ofLiteral(address))).isEqualTo(holds);
    }

    @Test
    void keys_that_lost_their_meaning_and_old_names_are_told() throws IOException {
        RelayConfig config = read(RETRIEVER + "restApiTimeout: 5000\nlisten: 8081\nmonitoringPort: 8082\n");
        assertThat(config.server().port()).isEqualTo(8081);
        assertThat(config.server().monitoringPort()).isEqualTo(8082);
        assertThat(config.problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("restApiTimeout", "listen", "monitoringPort");
        assertThat(read(RETRIEVER + "listen: 8081\nserver: {port: 8082}\n").server().port()).isEqualTo(8082);
    }

    @Test
    void a_file_is_read_in_the_notation_of_its_extension() throws IOException {
        Path toml = Files.writeString(
                folder.resolve("goff-proxy.toml"), "hideBanner = true\n[retriever]\nkind = \"file\"\npath = \"f\"\n");
        assertThat(RelayConfig.read(toml, List.of())).isInstanceOf(RelayConfig.class);
        Path json = Files.writeString(
                folder.resolve("goff-proxy.json"), "{\"retriever\":{\"kind\":\"file\",\"path\":\"f\"}}");
        assertThat(RelayConfig.read(json, List.of())).isInstanceOf(RelayConfig.class);
    }

    @Test
    void the_first_file_that_exists_is_found() throws IOException {
        Files.writeString(folder.resolve("goff-proxy.yml"), RETRIEVER);
        Files.writeString(folder.resolve("goff-proxy.json"), "{\"server\":{\"port\":1}}");
        assertThat(ConfigFile.read(null, folder).content().location().source())
                .isEqualTo(folder.resolve("goff-proxy.json").toString());
    }

    @Test
    void a_file_that_is_missing_or_unreadable_stops_the_start() throws IOException {
        assertThat(RelayConfig.read(folder.resolve("absent.yaml"), List.of()).problems())
                .extracting(Problem::toString)
                .contains(folder.resolve("absent.yaml") + ": error: no such file");
        assertThat(errors("retriever: [\n")).isNotEmpty();
        assertThat(RelayConfig.read(folder, List.of()).problems().getFirst().message()).startsWith("cannot be read");
    }

    @Test
    void without_a_configuration_the_search_is_explained_and_flag_files_are_enough() {
        ConfigFile none = ConfigFile.read(null, folder.resolve("empty"));
        assertThat(ConfigReader.read(none, new ConfigSource(null, List.of(), Map.of())).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.hint()).contains("goff-proxy.yaml").contains("--config"));
        RelayConfig config = (RelayConfig) ConfigReader.read(
                none, new ConfigSource(null, List.of(Path.of("a.yaml"), Path.of("b.TOML")), Map.of()));
        assertThat(config.flagSets().getFirst().retrievers())
                .extracting(FlagSetConfig.RetrieverConfig::syntax)
                .containsExactly(Syntax.YAML, Syntax.TOML);
    }

    @Test
    void settings_of_a_retriever_do_not_show_when_printed() throws IOException {
        assertThat(read("retriever: {kind: file, path: flags.yaml, token: secret}\n").toString())
                .doesNotContain("secret");
    }

    private Path config() {
        return folder.resolve("goff-proxy.yaml");
    }

    private RelayConfig read(String text) throws IOException {
        ConfigReading reading = reading(text);
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }

    private List<Problem> problems(String text) throws IOException {
        ConfigReading reading = reading(text);
        assertThat(reading).isInstanceOf(ConfigReading.Invalid.class);
        return reading.problems();
    }

    private List<String> errors(String text) throws IOException {
        return problems(text).stream().filter(Problem::isError).map(Problem::message).toList();
    }

    private ConfigReading reading(String text) throws IOException {
        return reading(text, Map.of());
    }

    private ConfigReading reading(String text, Map<String, String> environment) throws IOException {
        Files.writeString(config(), text);
        return new ConfigSource(config(), List.of(), environment).read();
    }
}
