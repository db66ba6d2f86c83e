package dev.jackstaff.outgoing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jackstaff.testkit.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against real sockets. Nothing measures time: a call that does not keep its limit runs into the wait around it.
class OutgoingHttpTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int MAX_BYTES = 1000;
    private static final byte[] OK = RawServer.answer("200 OK", "hello");

    private final OutgoingHttp http = new OutgoingHttp(TlsFiles.NONE);
    private RawServer server;
    private RawServer other;

    @BeforeEach
    void startServers() throws IOException {
        server = new RawServer((request, exchange) -> exchange.write(OK));
        other = new RawServer((request, exchange) -> exchange.write(RawServer.answer("200 OK", "other")));
    }

    @AfterEach
    void stopServers() throws IOException {
        http.close();
        server.close();
        other.close();
    }

    @Test
    void a_request_goes_out_as_it_is_and_the_answer_comes_whole() throws Exception {
        OutgoingRequest request = new OutgoingRequest("PUT", uri("/a%20b?q=1"),
                Map.of("X-One", List.of("1", "2"), "host", List.of("elsewhere"), "Connection", List.of("close")),
                BodyPublishers.ofString("body"));

        OutgoingResponse response = http.call(request, MAX_BYTES, LONG);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).asString(UTF_8).isEqualTo("hello");
        RawServer.Request asked = server.requests().get(0);
        assertThat(asked.line()).isEqualTo("PUT /a%20b?q=1 HTTP/1.1");
        assertThat(asked.head()).contains("X-One: 1\r\nX-One: 2").doesNotContain("elsewhere").doesNotContain("close");
        assertThat(asked.header("User-Agent")).isEqualTo("jackstaff");
        assertThat(asked.body()).isEqualTo("body");
    }

    @Test
    void an_undisturbed_connection_is_used_again() throws Exception {
        call("/1");
        call("/2");

        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"no answer", "half a head", "half a body", "half a chunk", "reset", "no HTTP"})
    void an_answer_that_breaks_off_is_a_failure(String trouble) {
        server.serves((request, exchange) -> {
            switch (trouble) {
                case "half a head" -> exchange.write("HTTP/1.1 200 OK\r\nContent-Le".getBytes(ISO_8859_1));
                case "half a body" ->
                        exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".getBytes(ISO_8859_1));
                case "half a chunk" -> exchange.write(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf".getBytes(ISO_8859_1));
                case "reset" -> exchange.reset();
                case "no HTTP" -> exchange.write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(ISO_8859_1));
                default -> {
                }
            }
            exchange.end();
        });

        assertThatThrownBy(() -> call("/f?token=hidden"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(server.url() + "/f")
                .message()
                .doesNotContain("hidden")
                .hasSizeLessThan(500);
    }

    @ParameterizedTest(name = "declared={0}")
    @ValueSource(booleans = {true, false})
    void a_body_may_be_as_large_as_allowed_and_not_larger(boolean declared) throws Exception {
        server.serves((request, exchange) -> {
            int length = request.line().contains("large") ? MAX_BYTES + 1 : MAX_BYTES;
            exchange.write(declared
                    ? RawServer.answer("200 OK", "x".repeat(length))
                    : ("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(length)).getBytes(ISO_8859_1));
            if (!declared) exchange.end();
        });

        assertThat(call("/fits").body()).hasSize(MAX_BYTES);
        assertThatThrownBy(() -> call("/large"))
                .isInstanceOf(BodyTooLargeException.class)
                .hasMessage("the answer is larger than 1000 bytes");
    }

    @Test
    void a_body_without_end_is_stopped_and_its_connection_closed() throws Exception {
        server.serves((request, exchange) -> {
            exchange.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            exchange.write(new byte[MAX_BYTES + 1]);
            exchange.stall();
        });

        assertThatThrownBy(() -> call("/")).isInstanceOf(BodyTooLargeException.class);
        awaitAbandoned(1);
    }

    @Test
    void of_a_failure_the_beginning_is_enough() throws Exception {
        server.serves((request, exchange) -> exchange.write(RawServer.answer("503 Busy", "y".repeat(100_000))));

        OutgoingResponse response = http.call(get("/"), 1_000_000, LONG);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.isSuccess()).isFalse();
        assertThat(response.body()).hasSize(4096);
    }

    @Test
    void compressed_answers_are_asked_for_and_unpacked_within_the_size_limit() throws Exception {
        server.serves((request, exchange) -> {
            String text = request.line().contains("bomb") ? "z".repeat(MAX_BYTES + 1) : "packed";
            exchange.write(RawServer.answer("200 OK\nContent-Encoding: gzip", gzip(text)));
        });

        assertThat(call("/").body()).asString(UTF_8).isEqualTo("packed");
        assertThat(server.requests().get(0).header("Accept-Encoding")).isEqualTo("gzip");
        assertThatThrownBy(() -> call("/bomb")).isInstanceOf(BodyTooLargeException.class);
    }

    @Test
    void a_compressed_answer_that_breaks_off_is_a_failure() throws Exception {
        byte[] packed = gzip("packed");
        server.serves((request, exchange) -> exchange.write(RawServer.answer("200 OK\nContent-Encoding: gzip",
                Arrays.copyOf(packed, packed.length - 6))));

        assertThatThrownBy(() -> call("/")).isInstanceOf(IOException.class);
    }

    @Test
    void who_names_encodings_gets_what_the_server_sends() throws Exception {
        byte[] packed = gzip("packed");
        server.serves(
                (request, exchange) -> exchange.write(RawServer.answer("200 OK\nContent-Encoding: gzip", packed)));
        OutgoingRequest request = get("/").withHeader("accept-encoding", "gzip");

        assertThat(http.call(request, MAX_BYTES, LONG).body()).isEqualTo(packed);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"301,GET /b", "302,GET /b", "303,GET /b", "307,POST /b", "308,POST /b"})
    void redirects_within_a_host_keep_headers_and_change_the_method_as_browsers_do(int status, String line)
            throws Exception {
        server.serves((request, exchange) -> exchange.write(request.line().contains("/a")
                ? RawServer.answer(status + " Moved\nLocation: /b", "moved")
                : OK));
        OutgoingRequest request = new OutgoingRequest("POST", uri("/a"), Map.of("Authorization", List.of("Bearer t")),
                BodyPublishers.ofString("body"));

        assertThat(http.call(request, MAX_BYTES, LONG).body()).asString(UTF_8).isEqualTo("hello");
        RawServer.Request second = server.requests().get(1);
        assertThat(second.line()).isEqualTo(line + " HTTP/1.1");
        assertThat(second.header("Authorization")).isEqualTo("Bearer t");
        assertThat(second.body()).isEqualTo(line.startsWith("POST") ? "body" : "");
    }

    @Test
    void to_another_host_go_no_credentials_whatever_header_they_are_in() throws Exception {
        server.serves((request, exchange) -> exchange
                .write(RawServer.answer("302 Found\nLocation: " + other.url() + "/c", "")));
        OutgoingRequest request = new OutgoingRequest("GET", uri("/a"),
                Map.of("Authorization", List.of("t1"), "Private-Token", List.of("t2"), "Cookie", List.of("t3"),
                        "Accept", List.of("text/plain")),
                BodyPublishers.noBody());

        assertThat(http.call(request, MAX_BYTES, LONG).body()).asString(UTF_8).isEqualTo("other");
        assertThat(other.requests().get(0).head()).doesNotContain("t1", "t2", "t3").contains("Accept: text/plain");
    }

    @Test
    void a_body_is_not_sent_to_another_host() {
        server.serves((request, exchange) -> exchange
                .write(RawServer.answer("307 Moved\nLocation: " + other.url() + "/c?x=1", "")));
        OutgoingRequest request =
                new OutgoingRequest("POST", uri("/a"), Map.of(), BodyPublishers.ofString("secret"));

        assertThatThrownBy(() -> http.call(request, MAX_BYTES, LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another host");
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void ten_redirects_are_followed_and_no_more() {
        server.serves((request, exchange) -> exchange.write(RawServer.answer("302 Found\nLocation: /again", "")));

        assertThatThrownBy(() -> call("/a")).isInstanceOf(IOException.class)
                .hasMessage(server.url() + "/a redirects more than 10 times");
        assertThat(server.requests()).hasSize(11);
    }

    @Test
    void a_redirect_from_tls_to_plain_text_or_to_no_url_is_refused() {
        assertThatThrownBy(() -> followed("https://a.test/x?q=hidden", "http://a.test/y?r=hidden"))
                .isInstanceOf(IOException.class)
                .hasMessage("the redirect from https://a.test/x to http://a.test/y leaves TLS and is not followed");
        for (String wrong : List.of("file:///etc/passwd", "http://[", "http://u:p@a.test/", "gopher://a.test/"))
            assertThatThrownBy(() -> followed("https://a.test/x", wrong)).as(wrong)
                    .isInstanceOf(IOException.class)
                    .hasMessage("https://a.test/x redirects to something that is no http(s) URL");
    }

    @Test
    void the_step_from_plain_text_to_tls_on_one_host_keeps_everything() throws Exception {
        assertThat(followed("http://a.test/x", "https://a.test/x").has("Authorization")).isTrue();
        assertThat(followed("http://a.test/x", "https://A.test:443/x").has("Authorization")).isTrue();
        assertThat(followed("http://a.test:81/x", "https://a.test/x").has("Authorization")).isFalse();
        assertThat(followed("http://a.test/x", "https://b.a.test/x").has("Authorization")).isFalse();
    }

    @Test
    void user_and_password_of_the_url_become_a_header_and_stay_out_of_messages() throws Exception {
        OutgoingRequest request = new OutgoingRequest("GET",
                URI.create(server.url().replace("//", "//us%20er:p+w@") + "/a?q=1"), Map.of(), BodyPublishers.noBody());
        http.call(request, MAX_BYTES, LONG);

        String expected = Base64.getEncoder().encodeToString("us er:p+w".getBytes(UTF_8));
        assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Basic " + expected);
        assertThat(server.requests().get(0).line()).isEqualTo("GET /a?q=1 HTTP/1.1");
        assertThat(request.target()).isEqualTo(server.url() + "/a");
        assertThat(request.toString()).isEqualTo("GET " + server.url() + "/a");
    }

    @Test
    void nobody_there_and_no_such_host_are_told_apart() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> http.call(get(URI.create("http://127.0.0.1:" + port + "/")), MAX_BYTES, LONG))
                .hasMessageContaining("http://127.0.0.1:" + port + "/ failed: ");
        assertThatThrownBy(() -> http.call(get(URI.create("http://nowhere.invalid/")), MAX_BYTES, LONG))
                .hasMessage("the request to http://nowhere.invalid/ failed: no such host");
    }

    @Test
    void closing_ends_calls_under_way_and_is_final() throws Exception {
        server.serves((request, exchange) -> exchange.stall());
        FutureTask<OutgoingResponse> call = inBackground("/", LONG);
        while (server.requests().isEmpty()) Thread.onSpinWait();

        http.close();
        assertThat(catchThrowable(() -> call.get(30, TimeUnit.SECONDS))).hasCauseInstanceOf(IOException.class);
        awaitAbandoned(1);
        assertThatThrownBy(() -> call("/")).isInstanceOf(IllegalStateException.class);
        http.close();
    }

    @Test
    void an_interrupt_ends_the_call_and_is_kept() throws Exception {
        server.serves((request, exchange) -> exchange.stall());
        FutureTask<Boolean> call = new FutureTask<>(() -> {
            assertThatThrownBy(() -> call("/")).isInstanceOf(InterruptedIOException.class);
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(call);
        thread.start();
        while (server.requests().isEmpty()) Thread.onSpinWait();

        thread.interrupt();
        assertThat(call.get(30, TimeUnit.SECONDS)).isTrue();
        awaitAbandoned(1);
    }

    private OutgoingResponse call(String path) throws IOException {
        return http.call(get(path), MAX_BYTES, LONG);
    }

    private OutgoingRequest get(String path) {
        return get(uri(path));
    }

    private static OutgoingRequest get(URI uri) {
        return new OutgoingRequest("GET", uri, Map.of(), BodyPublishers.noBody());
    }

    private URI uri(String path) {
        return URI.create(server.url() + path);
    }

    private FutureTask<OutgoingResponse> inBackground(String path, Duration limit) {
        FutureTask<OutgoingResponse> call = new FutureTask<>(() -> http.call(get(path), MAX_BYTES, limit));
        Thread thread = new Thread(call, "call");
        thread.setDaemon(true);
        thread.start();
        return call;
    }

    private void awaitAbandoned(int exchanges) {
        while (server.abandoned() < exchanges) Thread.onSpinWait();
    }

    private static OutgoingRequest followed(String from, String to) throws IOException {
        OutgoingRequest request = new OutgoingRequest("GET", URI.create(from), Map.of("Authorization", List.of("t")),
                BodyPublishers.noBody());
        var headers = HttpHeaders.of(Map.of("Location", List.of(to)), (name, value) -> true);
        return Redirects.follow(request, new OutgoingResponse("GET", 302, headers, new byte[0]));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
