package dev.jackstaff.retrievers.http;

import static dev.jackstaff.testkit.RawServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Revision;
import dev.jackstaff.spi.Settings;
import dev.jackstaff.testkit.RawServer;
import dev.jackstaff.testkit.RetrieverContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract with a server that says nothing about versions, and what is special about HTTP.
class HttpRetrieverTest extends RetrieverContract {
    private static final String SECRET = "hush-hush";

    private RawServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new RawServer((request, exchange) -> exchange.write(answer("404 Not Found", "")));
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected Retriever create() throws InvalidSettingsException {
        return create(Map.of());
    }

    @Override
    protected void store(String document) {
        server.serves((request, exchange) -> exchange.write(answer("200 OK", document)));
    }

    @Override
    protected void vanish() {
        server.serves((request, exchange) -> exchange.write(answer("404 Not Found", SECRET)));
    }

    @Override
    protected void stall() {
        server.serves((request, exchange) -> exchange.stall());
    }

    @Override
    protected String secret() {
        return SECRET;
    }

    @Test
    void an_entity_tag_asks_for_changes_only() throws Exception {
        server.serves((request, exchange) -> exchange.write("\"v1\"".equals(request.header("If-None-Match"))
                ? answer("304 Not Modified\nETag: \"v1\"", "")
                : answer("200 OK\nETag: \"v1\"", "a: 1\n")));

        Revision known = revision(retrieve(null));
        assertThat(retrieve(known)).isEqualTo(new Retrieval.Unchanged(known));
        assertThat(text(retrieve(null))).isEqualTo("a: 1\n");
        assertThat(server.requests()).extracting(request -> request.header("If-None-Match"))
                .containsExactly(null, "\"v1\"", null);
    }

    @Test
    void a_time_of_change_does_too_once_it_is_old_enough_to_tell_changes_apart() throws Exception {
        server.serves((request, exchange) -> exchange.write(request.header("If-Modified-Since") != null
                ? answer("304 Not Modified", "")
                : answer(
                        """
                        200 OK
                        Date: Wed, 21 Oct 2026 07:28:%s GMT
                        Last-Modified: Wed, 21 Oct 2026 07:28:00 GMT"""
                                .formatted(server.requests().size() < 2 ? "03" : "04"),
                        "a: 1\n")));

        Revision fresh = revision(retrieve(null));
        Revision old = revision(retrieve(fresh));
        assertThat(retrieve(old)).isInstanceOf(Retrieval.Unchanged.class);
        assertThat(server.requests()).extracting(request -> request.header("If-Modified-Since"))
                .containsExactly(null, null, "Wed, 21 Oct 2026 07:28:00 GMT");
    }

    @Test
    void the_same_content_under_another_tag_is_unchanged_and_the_new_tag_is_used() throws Exception {
        server.serves((request, exchange) -> exchange
                .write(answer("200 OK\nETag: \"" + server.requests().size() + "\"", "a: 1\n")));

        Revision known = revision(retrieve(null));
        Retrieval second = retrieve(known);
        assertThat(second).isInstanceOf(Retrieval.Unchanged.class);
        retrieve(revision(second));
        assertThat(server.requests().get(2).header("If-None-Match")).isEqualTo("\"2\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"204 No Content", "304 Not Modified", "206 Partial Content", "300 Multiple Choices"})
    void an_answer_without_a_document_is_a_failure_and_not_an_empty_document(String status) {
        server.serves((request, exchange) -> exchange.write(answer(status, "")));

        assertThatThrownBy(() -> retrieve(null))
                .isInstanceOf(IOException.class)
                .hasMessage("request to " + server.url() + "/flags brought no document, but code "
                        + status.substring(0, 3));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"400", "401", "404", "500", "503"})
    void a_status_from_400_on_is_a_failure(int status) {
        server.serves((request, exchange) -> exchange.write(answer(status + " No", "")));

        assertThatThrownBy(() -> retrieve(null))
                .hasMessage("request to " + server.url() + "/flags failed with code " + status);
    }

    @Test
    void method_headers_and_body_are_sent_and_such_requests_have_no_conditions() throws Exception {
        server.serves((request, exchange) -> exchange.write(answer("200 OK\nETag: \"v1\"", "a: 1\n")));
        try (Retriever retriever = create(Map.of("method", "POST", "body", "{\"q\":1}"))) {
            Revision known = revision(retriever.retrieve(null, Duration.ofSeconds(30)));
            assertThat(retriever.retrieve(known, Duration.ofSeconds(30))).isInstanceOf(Retrieval.Unchanged.class);
        }
        RawServer.Request second = server.requests().get(1);
        assertThat(second.line()).isEqualTo("POST /flags?key=" + SECRET + " HTTP/1.1");
        assertThat(second.header("X-Key")).isEqualTo(SECRET);
        assertThat(second.header("If-None-Match")).isNull();
        assertThat(second.body()).isEqualTo("{\"q\":1}");
    }

    @Test
    void its_own_timeout_holds_when_the_owner_would_wait_longer() throws Exception {
        stall();
        try (Retriever retriever = create(Map.of("timeout", 200))) {
            assertThatThrownBy(() -> retriever.retrieve(null, Duration.ofHours(1)))
                    .hasMessage("no complete answer from " + server.url() + "/flags within 200 ms");
        }
    }

    @Test
    void a_document_may_be_as_large_as_the_limit_and_not_larger() throws Exception {
        try (Retriever retriever = create(Map.of("maxBytes", 100))) {
            store("x".repeat(100));
            assertThat(text(retriever.retrieve(null, Duration.ofSeconds(30)))).hasSize(100);
            store("x".repeat(101));
            assertThatThrownBy(() -> retriever.retrieve(null, Duration.ofSeconds(30)))
                    .hasMessage("cannot read " + server.url()
                            + "/flags: it is larger than 100 bytes; raise maxBytes if that is meant");
        }
    }

    @Test
    void its_name_has_neither_user_nor_password_nor_query() throws Exception {
        Settings settings = new Settings("http", Map.of("url", "https://user:pass@flags.test:8443/f.yaml?token=t#x"));

        assertThat(new HttpRetrieverFactory().create(settings).source()).isEqualTo("https://flags.test:8443/f.yaml");
    }

    @Test
    void every_wrong_setting_is_told_and_no_value_shown() {
        Map<String, Object> wrong = Map.of("url", "ftp://" + SECRET, "method", "G T", "clientCertPath", "a.pem",
                "headers", Map.of("X-A", List.of(SECRET + "\n")));
        assertThat(problems(wrong)).containsExactly(
                "invalid retriever: \"url\" must be a URL that begins with http:// or https:// and names a host",
                "invalid retriever: \"method\" is no HTTP method",
                "invalid retriever: \"headers.X-A\" has a value with a line break or another control character",
                "invalid retriever: client certificate and client key must be provided together");
        assertThat(problems(Map.of()))
                .containsExactly("invalid retriever: no \"url\" property found for kind \"http\"");
        assertThat(problems(Map.of("url", "http://a b/" + SECRET))).singleElement()
                .asString()
                .startsWith("invalid retriever: \"url\" is not a URL")
                .doesNotContain(SECRET);
    }

    @Test
    void files_for_tls_are_read_at_the_start(@TempDir Path folder) throws Exception {
        Path empty = Files.writeString(folder.resolve("ca.pem"), "nothing\n");
        for (String file : List.of(empty.toString(), folder.resolve("absent.pem").toString())) {
            try (Retriever retriever = create(Map.of("caCertPath", file))) {
                assertThatThrownBy(() -> retriever.init(Duration.ofSeconds(30))).isInstanceOf(IOException.class)
                        .hasMessageContaining(
                                file.contains("absent") ? "no such file" : "failed to parse CA certificate");
            }
        }
    }

    private static List<String> problems(Map<String, Object> settings) {
        return catchThrowableOfType(InvalidSettingsException.class,
                () -> new HttpRetrieverFactory().create(new Settings("http", settings))).problems();
    }

    private Retriever create(Map<String, Object> more) throws InvalidSettingsException {
        Map<String, Object> settings = new HashMap<>(Map.of("url", server.url() + "/flags?key=" + SECRET,
                "headers", Map.of("X-Key", List.of(SECRET))));
        settings.putAll(more);
        return new HttpRetrieverFactory().create(new Settings("http", settings));
    }
}
