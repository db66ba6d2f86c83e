package dev.jackstaff.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.testkit.RemoteCallContract;
import dev.jackstaff.testkit.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// T14 of the design for deadlines for the module that all calls go through, and three clients with the mistakes that it has to
/// find.
class OutgoingCallsTest extends RemoteCallContract {
    private static final int MAX_BYTES = 10_000;

    private final List<AutoCloseable> clients = new ArrayList<>();

    @AfterEach
    void closeClients() throws Exception {
        for (AutoCloseable client : clients) client.close();
    }

    @Override
    protected Call call(String url) {
        OutgoingHttp http = new OutgoingHttp(TlsFiles.NONE);
        clients.add(http);
        OutgoingRequest request = new OutgoingRequest("POST", URI.create(url.replace("//", "//anna:" + secret() + "@")),
                Map.of("X-Token", List.of(secret())), BodyPublishers.ofString(secret()));
        return limit -> http.call(request, MAX_BYTES, limit);
    }

    @Override
    protected String secret() {
        return "hush-hush";
    }

    /// `java.net.http` as one uses it: its timeout ends at the headers.
    private Call limitOfTheHeadOnly() {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        return limit -> {
            HttpRequest request = HttpRequest.newBuilder(URI.create(serverUrl()))
                    .timeout(limit)
                    .header("X-Token", secret())
                    .build();
            http.send(request, BodyHandlers.discarding());
        };
    }

    @Test
    void a_client_whose_limit_ends_with_the_head_is_found() throws Exception {
        assertThat(harm(Trouble.HEAD_DRIPS, limitOfTheHeadOnly())).isEmpty();
        assertThat(harm(Trouble.BODY_DRIPS, limitOfTheHeadOnly())).hasValueSatisfying(
                finding -> assertThat(finding).startsWith("goes on"));
    }

    @Test
    void a_client_that_takes_its_headers_along_to_another_host_is_found() throws Exception {
        assertThat(strayed(limitOfTheHeadOnly())).isNotEmpty();
    }

    @Test
    void a_client_that_goes_on_with_a_disturbed_connection_is_found() throws Exception {
        assertThat(harm(Trouble.BODY_STALLS, new OneSocket(serverUrl()))).hasValueSatisfying(
                finding -> assertThat(finding).startsWith("uses the connection again"));
    }

    /// Keeps its connection whatever happens to it.
    private final class OneSocket implements Call {
        private final URI uri;
        private @Nullable Socket socket;

        OneSocket(String url) {
            uri = URI.create(url);
        }

        @Override
        public void within(Duration limit) throws IOException {
            if (socket == null) {
                socket = new Socket(uri.getHost(), uri.getPort());
                clients.add(socket);
            }
            socket.setSoTimeout((int) limit.toMillis());
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().endsWith("\r\n\r\n{}")) {
                int next = in.read();
                if (next < 0) throw new IOException("closed after " + answer);
                answer.append((char) next);
            }
        }
    }
}
