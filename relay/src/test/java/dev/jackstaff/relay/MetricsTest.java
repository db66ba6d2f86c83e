package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `/metrics` tells of a running relay. One connection asks everything, so each request is counted before the next.
class MetricsTest {
    private static final String FLAGS = """
            one: {variations: {"on": true, "off": false}, defaultRule: {variation: "on"}}
            two: {variations: {a: A}, defaultRule: {variation: a}}
            """;
    private static final String ONE = "/ofrep/v1/evaluate/flags/one";
    private static final String CONTEXT = "{\"context\":{\"targetingKey\":\"u\"}}";
    private static final String USER = "{\"evaluationContext\":{\"key\":\"u\"}}";

    @TempDir
    Path folder;

    @Test
    void requests_are_counted_by_route_method_and_the_status_that_was_written() throws Exception {
        try (RunningRelay relay = start(""); RawClient client = new RawClient(relay.port())) {
            client.send("POST", "/v1/feature/one/eval", USER);
            client.send("POST", "/v1/feature/one/eval", USER);
            client.send("POST", "/v1/feature/one/eval", "{");
            client.send("GET", "/v1/feature/one/eval", null);
            String etag = client.send("GET", "/v1/flag/change", null).header("etag");
            assertThat(client.send("GET", "/v1/flag/change", null, "If-None-Match: " + etag).status()).isEqualTo(304);
            client.send("DELETE", "/health", null);
            assertThat(scrape(client)).contains(
                    requests(200, "POST", "/v1/feature/:flagKey/eval", 2),
                    requests(400, "POST", "/v1/feature/:flagKey/eval", 1),
                    requests(404, "GET", "/v1/*", 1),
                    requests(200, "GET", "/v1/flag/change", 1),
                    requests(304, "GET", "/v1/flag/change", 1),
                    requests(405, "DELETE", "/health", 1));
        }
    }

    /// R-D13.
    @Test
    void nothing_that_callers_make_up_becomes_a_label() throws Exception {
        try (RunningRelay relay = start(""); RawClient client = new RawClient(relay.port())) {
            client.send("GET", "/made/up", null, "Host: made.up");
            client.send("MADEUP", "/v1/made/up", null);
            client.send("POST", "/v1/feature/made-up/eval", USER);
            client.send("POST", "/ofrep/v1/evaluate/flags/made-up/too", CONTEXT);
            client.send("POST", ONE, CONTEXT);
            assertThat(scrape(client))
                    .contains(
                            requests(404, "GET", "/*", 1),
                            requests(404, "OTHER", "/v1/*", 1),
                            requests(404, "POST", "/ofrep/v1/evaluate/flags/:flagKey", 1),
                            "gofeatureflag_flag_evaluations_total{flag_name=\"\"} 2.0\n",
                            "gofeatureflag_flag_evaluations_total{flag_name=\"one\"} 1.0\n")
                    .doesNotContain("made")
                    .doesNotContain("MADE");
        }
    }

    @Test
    void who_may_not_come_in_is_counted_where_they_knocked_and_as_no_evaluation() throws Exception {
        try (RunningRelay relay = start("authorizedKeys: {evaluation: [k]}\n");
                RawClient client = new RawClient(relay.port())) {
            client.send("POST", ONE, CONTEXT);
            client.send("POST", "/ofrep/v1/nowhere", CONTEXT);
            assertThat(scrape(client))
                    .contains(
                            requests(401, "POST", "/ofrep/v1/evaluate/flags/:flagKey", 1),
                            requests(401, "POST", "/ofrep/v1/*", 1))
                    .doesNotContain("gofeatureflag_flag_evaluations_total{");
        }
    }

    @Test
    void uses_are_counted_as_the_original_counts_them() throws Exception {
        try (RunningRelay relay = start("authorizedKeys: {admin: [adm]}\n");
                RawClient client = new RawClient(relay.port())) {
            client.send("POST", "/v1/feature/one/eval", "{");
            client.send("POST", "/v1/allflags", USER);
            client.send("POST", "/ofrep/v1/evaluate/flags", CONTEXT);
            client.send("POST", "/v1/flag/configuration", "{}");
            client.send("GET", "/openfeature/v0/manifest", null);
            client.send("POST", "/admin/v1/retriever/refresh", null, "X-API-Key: adm");
            client.send("POST", "/admin/v1/retriever/refresh", null, "X-API-Key: other");
            assertThat(scrape(client))
                    .contains(
                            "gofeatureflag_flag_evaluations_total{flag_name=\"one\"} 1.0\n",
                            "gofeatureflag_all_flag_evaluations_total 2.0\n",
                            "gofeatureflag_flag_configuration_total 1.0\n",
                            "gofeatureflag_get_manifest_total 1.0\n",
                            "\ngofeatureflag_force_refresh 1.0\n")
                    .doesNotContain("all_flags_evaluations_total_with_flag");
        }
    }

    /// R-D41: the answer counts what was sent, as the original's does.
    @Test
    void collected_events_are_counted_as_sent_and_by_what_became_of_them() throws Exception {
        try (RunningRelay relay = start(""); RawClient client = new RawClient(relay.port())) {
            String events = "{\"events\":[{\"kind\":\"feature\",\"userKey\":\"u\",\"key\":\"f\",\"variation\":\"v\","
                    + "\"value\":1},{\"key\":1}]}";
            assertThat(client.send("POST", "/v1/data/collector", events).body())
                    .isEqualTo("{\"ingestedContentCount\":2}\n");
            assertThat(scrape(client)).contains(
                    "gofeatureflag_collect_eval_data_total 2.0\n",
                    "relay_collected_events_total{result=\"recorded\"} 0.0\n",
                    "relay_collected_events_total{result=\"rejected\"} 1.0\n",
                    "relay_collected_events_total{result=\"unwanted\"} 1.0\n");
        }
    }

    @Test
    void each_flag_of_a_bulk_answer_is_counted_where_the_configuration_asks_for_it() throws Exception {
        try (RunningRelay relay = start("enableBulkMetricFlagNames: true\n");
                RawClient client = new RawClient(relay.port())) {
            client.send("POST", "/v1/allflags", USER);
            String listed =
                    "{\"context\":{\"targetingKey\":\"u\",\"gofeatureflag\":{\"flagList\":[\"two\",\"ghost\"]}}}";
            String etag = client.send("POST", "/ofrep/v1/evaluate/flags", listed).header("etag");
            client.send("POST", "/ofrep/v1/evaluate/flags", listed, "If-None-Match: " + etag);
            client.send("POST", "/v1/allflags", "{");
            assertThat(scrape(client))
                    .contains(
                            "gofeatureflag_all_flags_evaluations_total_with_flag{flag_name=\"one\"} 1.0\n",
                            "gofeatureflag_all_flags_evaluations_total_with_flag{flag_name=\"two\"} 3.0\n")
                    .doesNotContain("ghost");
        }
    }

    @Test
    void flags_that_come_change_and_go_are_counted_from_the_first_load_on() throws Exception {
        try (RunningRelay relay = start(""); RawClient client = new RawClient(relay.port())) {
            await(client, "gofeatureflag_flag_create_total 2.0\n");
            assertThat(scrape(client)).contains(
                    "gofeatureflag_flag_changes_total 1.0\n",
                    "gofeatureflag_flag_create{flag_name=\"one\"} 1.0\n",
                    "gofeatureflag_flag_update_total 0.0\n");
            write("""
                    one: {variations: {a: A}, defaultRule: {variation: a}}
                    three: {variations: {a: A}, defaultRule: {variation: a}}
                    """);
            await(client, "gofeatureflag_flag_changes_total 2.0\n");
            await(client, "gofeatureflag_flag_delete{flag_name=\"two\"} 1.0\n");
            assertThat(scrape(client)).contains(
                    "gofeatureflag_flag_create{flag_name=\"three\"} 1.0\n",
                    "gofeatureflag_flag_create_total 3.0\n",
                    "gofeatureflag_flag_update{flag_name=\"one\"} 1.0\n",
                    "gofeatureflag_flag_update_total 1.0\n",
                    "gofeatureflag_flag_delete_total 1.0\n");
        }
    }

    @Test
    void with_a_quiet_start_only_later_changes_count() throws Exception {
        try (RunningRelay relay = start("disableNotifierOnInit: true\n");
                RawClient client = new RawClient(relay.port())) {
            write(FLAGS + "three: {variations: {a: A}, defaultRule: {variation: a}}\n");
            await(client, "gofeatureflag_flag_create_total 1.0\n");
            assertThat(scrape(client)).contains("gofeatureflag_flag_changes_total 1.0\n");
        }
    }

    @Test
    void sizes_and_durations_have_the_originals_buckets_and_native_ones_for_those_who_read_them() throws Exception {
        try (RunningRelay relay = start(""); RawClient client = new RawClient(relay.port())) {
            client.send("POST", ONE, CONTEXT);
            String labels = "{code=\"200\",host=\"\",method=\"POST\",url=\"/ofrep/v1/evaluate/flags/:flagKey\"";
            assertThat(scrape(client)).contains(
                    "gofeatureflag_request_duration_seconds_count" + labels + "} 1\n",
                    "gofeatureflag_request_duration_seconds_bucket" + labels + ",le=\"0.005\"}",
                    "gofeatureflag_request_duration_seconds_bucket" + labels + ",le=\"10.0\"} 1\n",
                    "gofeatureflag_request_size_bytes_sum" + labels + "} " + CONTEXT.length() + ".0\n",
                    "gofeatureflag_response_size_bytes_bucket" + labels + ",le=\"1024.0\"} 1\n",
                    "gofeatureflag_response_size_bytes_bucket" + labels + ",le=\"1.048576E7\"} 1\n");
            String protobuf = "application/vnd.google.protobuf";
            Answer answer = client.send("GET", "/metrics", null,
                    "Accept: " + protobuf + ";proto=io.prometheus.client.MetricFamily;encoding=delimited");
            assertThat(answer.header("content-type")).startsWith(protobuf);
            assertThat(answer.body()).contains("gofeatureflag_request_duration_seconds").doesNotContain("# TYPE");
        }
    }

    @Test
    void text_is_what_everybody_else_gets() throws Exception {
        try (RunningRelay relay = start(""); RawClient client = new RawClient(relay.port())) {
            for (String accept : List.of("*/*", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3")) {
                Answer answer = client.send("GET", "/metrics", null, "Accept: " + accept);
                assertThat(answer.header("content-type"))
                        .isEqualTo("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
                assertThat(answer.body()).contains("\ngofeatureflag_build_info{", "\nprocess_", "\njvm_");
            }
        }
    }

    @Test
    void the_monitoring_port_tells_of_the_main_port() throws Exception {
        try (RunningRelay relay = start("monitoringPort: 0\n");
                RawClient main = new RawClient(relay.port());
                RawClient monitoring = new RawClient(relay.monitoringPort())) {
            assertThat(main.send("GET", "/metrics", null).status()).isEqualTo(404);
            monitoring.send("GET", "/health", null);
            await(monitoring, requests(404, "GET", "/*", 1));
            assertThat(scrape(monitoring)).doesNotContain("url=\"/health\"").doesNotContain("url=\"/metrics\"");
        }
    }

    @Test
    void the_accounts_of_waiting_requests_balance() throws Exception {
        try (RunningRelay relay = start("authorizedKeys: {admin: [adm]}\n");
                RawClient client = new RawClient(relay.port())) {
            client.send("POST", "/admin/v1/retriever/refresh", null, "X-API-Key: adm");
            assertThat(scrape(client)).contains(
                    "relay_requests_total{code=\"200\",route=\"/admin/v1/retriever/refresh\",verdict=\"answer\"} 1.0\n",
                    "relay_late_results_total{route=\"/admin/v1/retriever/refresh\"} 0.0\n",
                    "relay_refused_total{class=\"refresh\",reason=\"unstarted\"} 0.0\n",
                    "relay_refused_total{class=\"refresh\",reason=\"busy\"} 0.0\n",
                    "relay_refused_total{class=\"collect\",reason=\"memory\"} 0.0\n",
                    "relay_body_bytes{state=\"held\"} 0.0\n",
                    "relay_permits{class=\"refresh\",state=\"free\"} 16.0\n",
                    "relay_permits{class=\"refresh\",state=\"out\"} 0.0\n",
                    "relay_permits{class=\"metrics\",state=\"out\"} 1.0\n");
        }
    }

    @Test
    void requests_are_told_by_their_verdict_and_headers_by_their_use() throws Exception {
        try (RunningRelay relay = start(""); RawClient client = new RawClient(relay.port())) {
            client.send("GET", "/health", null, "grpc-timeout: 900m");
            client.send("GET", "/health", null, "grpc-timeout: 1m");
            client.send("GET", "/nowhere", null, "grpc-timeout: soon");
            assertThat(scrape(client)).contains(
                    "relay_requests_total{code=\"200\",route=\"/health\",verdict=\"answer\"} 1.0\n",
                    "relay_requests_total{code=\"503\",route=\"/health\",verdict=\"refused\"} 1.0\n",
                    "relay_requests_total{code=\"404\",route=\"/*\",verdict=\"refused\"} 1.0\n",
                    "relay_deadline_header_total{header=\"grpc-timeout\",use=\"used\"} 2.0\n",
                    "relay_deadline_header_total{header=\"grpc-timeout\",use=\"malformed\"} 1.0\n",
                    "relay_deadline_header_total{header=\"prefer\",use=\"used\"} 0.0\n",
                    "relay_deadline_headers_ignored 0.0\n",
                    "relay_deadline_left_seconds_bucket{le=\"0.0\"} 1\n",
                    "relay_deadline_left_seconds_bucket{le=\"0.9\"} 2\n",
                    "relay_deadline_left_seconds_count 2\n");
        }
    }

    @Test
    void connections_are_counted_until_they_end() throws Exception {
        try (RunningRelay relay = start(""); RawClient client = new RawClient(relay.port())) {
            RawClient other = new RawClient(relay.port());
            assertThat(other.send("GET", "/health", null).status()).isEqualTo(200);
            assertThat(scrape(client)).contains(
                    "relay_connections 2.0\n",
                    "relay_connections_accepted_total 2.0\n",
                    "relay_connections_ended_total{reason=\"left\"} 0.0\n",
                    "relay_connections_ended_total{reason=\"slow_head\"} 0.0\n");
            other.close();
            await(client, "relay_connections_ended_total{reason=\"left\"} 1.0\n");
        }
    }

    /// A value that does not take effect is not passed over in silence.
    @Test
    void what_takes_a_restart_is_told_when_the_configuration_changes() throws Exception {
        try (RunningRelay relay = start(""); LogLines log = new LogLines();
                RawClient client = new RawClient(relay.port())) {
            configure("enableBulkMetricFlagNames: true\n");
            log.await("otel have changed: restart to apply that");
            configure("readiness: {staleLimit: 1000}\n");
            log.await("otel have changed: restart to apply that");
            client.send("POST", "/v1/allflags", USER);
            assertThat(scrape(client)).doesNotContain("all_flags_evaluations_total_with_flag");
        }
    }

    private static String requests(int code, String method, String url, int count) {
        return "gofeatureflag_requests_total{code=\"" + code + "\",host=\"\",method=\"" + method + "\",url=\"" + url
                + "\"} " + count + ".0\n";
    }

    private static String scrape(RawClient client) throws IOException {
        Answer answer = client.send("GET", "/metrics", null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private static void await(RawClient client, String expected) throws IOException {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        String body = "";
        while (!body.contains(expected) && Instant.now().isBefore(end)) body = scrape(client);
        assertThat(body).contains(expected);
    }

    private void write(String flags) throws IOException {
        Path next = Files.writeString(folder.resolve("flags.yaml.new"), flags);
        Files.move(
                next, folder.resolve("flags.yaml"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private RunningRelay start(String more) throws Exception {
        write(FLAGS);
        ConfigReading reading = RelayConfig.read(configure(more), List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return Relay.start((RelayConfig) reading);
    }

    private Path configure(String more) throws IOException {
        return Files.writeString(
                folder.resolve("goff-proxy.yaml"),
                "retriever: {kind: file, path: '" + folder.resolve("flags.yaml") + "'}\npollingInterval: 1000\n"
                        + "server: {host: 127.0.0.1, port: 0}\nhideBanner: true\nlogLevel: warn\n" + more);
    }
}
