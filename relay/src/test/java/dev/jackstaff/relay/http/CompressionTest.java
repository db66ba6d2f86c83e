package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.TestFlags;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `server.compression`, byte for byte.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompressionTest {
    private static final String LARGE = "\"" + "flag ".repeat(400) + "\"\n";
    private static final String FLAGS =
            "f: {variations: {a: A}, defaultRule: {variation: a}, metadata: {text: '" + "flag ".repeat(400) + "'}}\n";
    private static final String SMALL = "\"" + "f".repeat(1020) + "\"";
    private static final String GZIP = "Accept-Encoding: br, gzip";

    private record Answer(int status, List<String> head, Body body) {
        List<String> all(String name) {
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }

        String text() {
            return new String(body.copy(), StandardCharsets.UTF_8);
        }
    }

    private Listener on;
    private Listener off;

    @BeforeAll
    void open() throws IOException {
        Listener.Setting setting = new Listener.Setting("127.0.0.1", 0, "1.2.3", false, Limits.DEFAULT);
        on = open(setting.compressing());
        off = open(setting);
    }

    private static Listener open(Listener.Setting setting) throws IOException {
        return Listener.open(setting, new OpenGate(TestFlags.yaml(FLAGS)), List.of(
                new Route.PublicRoute("/large", _ -> Response.json(200, body(LARGE))),
                new Route.PublicRoute("/small", _ -> Response.json(200, body(SMALL))),
                Route.FlagRoute.get(
                        "/v1/tagged", Or::next,
                        call -> Response.conditional(
                                call.publication().configuration(false), call.request().ifNoneMatch())),
                Route.StreamRoute.events(
                        "/stream/v1/events", call -> Or.next(new StreamStart(call.flagSet().changes())))),
                List.of());
    }

    private static Body body(String text) {
        return Body.adopting(text.getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    void close() {
        on.close();
        off.close();
    }

    @Test
    void a_large_answer_is_compressed_for_who_asks_and_says_how_long_it_is() throws IOException {
        Answer answer = get(on, "/large", GZIP);
        assertThat(answer.all("content-encoding")).containsExactly("gzip");
        assertThat(answer.all("content-length")).containsExactly(String.valueOf(answer.body.length()));
        assertThat(answer.body.length()).isLessThan(200);
        assertThat(unzipped(answer.body)).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Accept-Encoding: identity", "Accept-Encoding: gzip;q=0", "Accept-Encoding: br", "X-None: 1"})
    void who_does_not_ask_gets_the_bytes_as_they_are(String header) throws IOException {
        Answer answer = get(on, "/large", header);
        assertThat(answer.all("content-encoding")).isEmpty();
        assertThat(answer.text()).isEqualTo(LARGE);
    }

    @Test
    void below_1024_bytes_nothing_is_compressed() throws IOException {
        Answer answer = get(on, "/small", GZIP);
        assertThat(answer.all("content-encoding")).isEmpty();
        assertThat(answer.text()).isEqualTo(SMALL);
    }

    /// Caches must not give one form to who asked for the other.
    @Test
    void every_answer_says_that_it_depends_on_the_encoding() throws IOException {
        for (String path : List.of("/large", "/small", "/nowhere"))
            assertThat(get(on, path, GZIP).all("vary")).containsExactly("Origin", "Accept-Encoding");
        assertThat(get(on, "/large", "Origin: https://a.example").all("vary"))
                .containsExactly("Origin", "Accept-Encoding");
    }

    @Test
    void the_etag_is_that_of_the_bytes_before_and_a_304_has_neither_body_nor_encoding() throws IOException {
        Answer first = get(on, "/v1/tagged", GZIP);
        String plain = get(on, "/v1/tagged").text();
        String etag = body(plain).etag();
        assertThat(first.all("etag")).containsExactly(etag);
        assertThat(first.all("content-encoding")).containsExactly("gzip");
        assertThat(unzipped(first.body)).isEqualTo(plain);
        Answer known = get(on, "/v1/tagged", GZIP, "If-None-Match: " + etag);
        assertThat(known.status).isEqualTo(304);
        assertThat(known.all("etag")).containsExactly(etag);
        assertThat(known.all("content-encoding")).isEmpty();
        assertThat(known.body.length()).isZero();
    }

    @Test
    void a_stream_is_not_compressed() throws IOException {
        try (Socket socket = ask(on, "GET", "/stream/v1/events", GZIP)) {
            List<String> head = head(socket.getInputStream());
            assertThat(head.getFirst()).contains("200");
            assertThat(head).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("gzip"));
        }
    }

    @Test
    void an_answer_to_head_and_a_refusal_stay_what_they_are() throws IOException {
        Answer head = send(on, "HEAD", "/large", GZIP);
        assertThat(head.status).isEqualTo(405);
        assertThat(head.body.length()).isZero();
        assertThat(get(on, "/nowhere", GZIP).text()).isEqualTo("{\"message\":\"Not Found\"}\n");
    }

    @Test
    void without_it_nothing_differs() throws IOException {
        Answer answer = get(off, "/large", GZIP);
        assertThat(answer.all("content-encoding")).isEmpty();
        assertThat(answer.all("vary")).containsExactly("Origin");
        assertThat(answer.text()).isEqualTo(LARGE);
    }

    private static Answer get(Listener listener, String path, String... headers) throws IOException {
        return send(listener, "GET", path, headers);
    }

    private static Answer send(Listener listener, String method, String path, String... headers) throws IOException {
        String[] closing = Arrays.copyOf(headers, headers.length + 1);
        closing[headers.length] = "Connection: close";
        try (Socket socket = ask(listener, method, path, closing)) {
            List<String> head = head(socket.getInputStream());
            int status = Integer.parseInt(head.getFirst().split(" ", -1)[1]);
            return new Answer(status, head, Body.adopting(socket.getInputStream().readAllBytes()));
        }
    }

    private static Socket ask(Listener listener, String method, String path, String... headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(20_000);
        String request = method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static List<String> head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) throw new IOException("closed after: " + head);
            head.append((char) next);
        }
        return List.of(head.toString().strip().split("\r\n", -1));
    }

    private static String unzipped(Body bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes.copy()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
