package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.Identity;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/2 over TLS, with the client of the JDK.
class Http2Test extends StreamFixture {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static Identity identity;

    @BeforeAll
    static void makeCertificate() throws Exception {
        identity = Identity.in(folder, "server");
    }

    @Test
    void the_client_chooses_the_version() throws Exception {
        int port = openTls(QUICK);
        for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            try (HttpClient http = client(version)) {
                HttpResponse<String> answer = send(http, get(port, "/health"));
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("x-gofeatureflag-version")).contains("1.2.3");
            }
        }
    }

    @Test
    void bodies_of_any_framing_arrive() throws Exception {
        int port = openTls(QUICK);
        String large = "\"" + "x".repeat(300_000) + "\"";
        try (HttpClient http = client(HttpClient.Version.HTTP_2)) {
            assertThat(send(http, post(port, BodyPublishers.ofString(large))).body()).isEqualTo(large);
            assertThat(send(http, post(port, unknownLength(large))).body()).isEqualTo(large);
            assertThat(send(http, post(port, BodyPublishers.noBody())).body()).isEqualTo("no body");
        }
    }

    /// The connection is shared with others.
    @Test
    void a_body_that_is_too_large_costs_its_own_request_alone() throws Exception {
        int port = openTls(QUICK);
        byte[] tooLarge = new byte[2 * 1024 * 1024];
        try (HttpClient http = client(HttpClient.Version.HTTP_2);
                Events events = new Events(http, port)) {
            for (BodyPublisher body : List.of(BodyPublishers.ofByteArray(tooLarge),
                    unknownLength(new String(tooLarge, StandardCharsets.US_ASCII)))) {
                HttpResponse<String> refusal = send(http, post(port, body));
                assertThat(refusal.statusCode()).isEqualTo(413);
                assertThat(refusal.headers().map()).doesNotContainKey("connection");
            }
            topic.publish("1");
            assertThat(events.next()).isEqualTo("data: 1");
        }
    }

    @Test
    void a_head_that_is_too_large_is_refused() throws Exception {
        int port = openTls(QUICK);
        try (HttpClient http = client(HttpClient.Version.HTTP_2)) {
            HttpRequest large = HttpRequest.newBuilder(uri(port, "/health"))
                    .timeout(LIMIT)
                    .header("x-large", "x".repeat(17_000))
                    .build();
            CompletableFuture<Integer> status = http.sendAsync(large, BodyHandlers.ofString())
                    .thenApply(HttpResponse::statusCode)
                    .exceptionally(_ -> 431);
            assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(431);
            assertThat(send(http, get(port, "/health")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void events_arrive_without_headers_that_are_about_the_connection() throws Exception {
        int port = openTls(QUICK);
        try (HttpClient http = client(HttpClient.Version.HTTP_2);
                Events first = new Events(http, port);
                Events second = new Events(http, port)) {
            assertThat(first.answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(first.answer.headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(first.answer.headers().map()).doesNotContainKeys("connection", "transfer-encoding");
            topic.publish("1");
            assertThat(first.next()).isEqualTo("data: 1");
            assertThat(second.next()).isEqualTo("data: 1");
            first.answer.body().close();
            await(() -> topic.size() == 1);
            topic.publish("2");
            assertThat(second.next()).isEqualTo("data: 2");
        }
        await(() -> topic.size() == 0);
    }

    @Test
    void a_stream_that_is_not_read_ends_and_the_others_of_its_connection_go_on() throws Exception {
        int port = openTls(QUICK.withStall(Duration.ofMillis(200)));
        Vertx vertx = Vertx.vertx();
        try {
            HttpClientAgent http = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setTrustAll(true)
                    .setVerifyHost(false));
            HttpClientResponse stuck = http.request(HttpMethod.GET, port, "127.0.0.1", EVENTS)
                    .compose(request -> request.send().onSuccess(HttpClientResponse::pause))
                    .await();
            topic.publish("\"" + "x".repeat(1024 * 1024) + "\"");
            await(() -> listener.streams().stalled() == 1);
            HttpClientResponse other = http.request(HttpMethod.GET, port, "127.0.0.1", "/health")
                    .compose(HttpClientRequest::send)
                    .await();
            assertThat(other.statusCode()).isEqualTo(200);
            assertThat(other.request().connection()).isSameAs(stuck.request().connection());
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void streams_are_ended_when_the_server_stops() throws Exception {
        int port = openTls(QUICK);
        try (HttpClient http = client(HttpClient.Version.HTTP_2);
                Events events = new Events(http, port)) {
            isClosed = true;
            listener.close();
            assertThat(events.lines.readLine()).isNull();
            assertThat(listener.streams().open()).isZero();
        }
    }

    private int openTls(StreamLimits limits) throws Exception {
        return open(new Listener.Setting("127.0.0.1", 0, "1.2.3", false, Limits.DEFAULT.with(limits))
                .over(identity.server()));
    }

    private static HttpClient client(HttpClient.Version version) throws Exception {
        return HttpClient.newBuilder().version(version).sslContext(identity.trustedBy(null)).build();
    }

    private static URI uri(int port, String path) {
        return URI.create("https://127.0.0.1:" + port + path);
    }

    private static HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(uri(port, path)).timeout(LIMIT).build();
    }

    private static HttpRequest post(int port, BodyPublisher body) {
        return HttpRequest.newBuilder(uri(port, "/v1/echo"))
                .timeout(LIMIT)
                .header("content-type", "application/json")
                .POST(body)
                .build();
    }

    private static BodyPublisher unknownLength(String text) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofString(text));
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }

    /// A stream of events as it is read line by line.
    private static final class Events implements AutoCloseable {
        private final HttpResponse<InputStream> answer;
        private final BufferedReader lines;

        Events(HttpClient http, int port) throws Exception {
            answer = http.send(HttpRequest.newBuilder(uri(port, EVENTS)).build(), BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        /// The data of the next event.
        String next() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("data: ")) line = lines.readLine();
            return line;
        }

        @Override
        public void close() throws IOException {
            answer.body().close();
        }
    }
}
