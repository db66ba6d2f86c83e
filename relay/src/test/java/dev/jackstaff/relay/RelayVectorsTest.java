package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.auth.Access;
import dev.jackstaff.relay.auth.KeyGate;
import dev.jackstaff.relay.config.AuthorizedKeys;
import dev.jackstaff.relay.config.KeyDigest;
import dev.jackstaff.relay.goff.GoffRoutes;
import dev.jackstaff.relay.goff.MonitoringRoutes;
import dev.jackstaff.relay.http.Limits;
import dev.jackstaff.relay.http.Listener;
import dev.jackstaff.relay.http.OpenGate;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.ofrep.OfrepRoutes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Section 12 of the relay specification, row by row, over real sockets.
class RelayVectorsTest {
    private static final Snapshot FIXTURE = TestFlags.yaml(TestFlags.resource("fixture.yaml"));

    private static final OpenGate.Fixed FLAGS = new OpenGate.Fixed("default", FIXTURE);
    private static final AuthorizedKeys KEYS = new AuthorizedKeys(keys("ek", "legacy"), keys("ak"));

    private static Listener plain;
    private static Listener debug;
    private static Listener keyed;

    @BeforeAll
    static void open() throws IOException {
        plain = open(false, AuthorizedKeys.NONE);
        debug = open(true, AuthorizedKeys.NONE);
        keyed = open(false, KEYS);
    }

    @AfterAll
    static void close() {
        plain.close();
        debug.close();
        keyed.close();
    }

    private static Listener open(boolean debug, AuthorizedKeys keys) throws IOException {
        List<Route> routes = new ArrayList<>(OfrepRoutes.of(InstantSource.system()));
        routes.addAll(GoffRoutes.of(InstantSource.system()));
        routes.addAll(MonitoringRoutes.of(() -> List.of(FLAGS.status()), false));
        Access access = Access.toOne(FLAGS, keys);
        return Listener.open(
                new Listener.Setting("127.0.0.1", 0, "localdev", debug, Limits.DEFAULT),
                new KeyGate(() -> access),
                routes,
                List.of());
    }

    private static Set<KeyDigest> keys(String... keys) {
        return Stream.of(keys)
                .map(key -> KeyDigest.of(key.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "row {0}")
    @MethodSource("vectors")
    void a_request_gets_the_answer_of_the_specification(Vector vector) throws IOException {
        int port = (vector.debug ? debug : vector.keyed ? keyed : plain).port();
        Answer answer;
        try (RawClient client = new RawClient(port)) {
            client.write(vector.request());
            answer = client.read(vector.method().equals("HEAD"));
        }
        assertThat(answer.status()).isEqualTo(vector.status);
        vector.claims.forEach((name, value) -> assertThat(answer.header(name))
                .as(name)
                .isEqualTo(value.equals("(absent)") ? null : value));
        assertThat(comparable(answer.body(), vector.prose)).isEqualTo(comparable(vector.body, vector.prose));
    }

    @Test
    void no_row_is_missing() {
        assertThat(vectors().map(vector -> vector.row))
                .containsExactlyElementsOf(Stream.iterate(1, row -> row + 1)
                        .limit(118)
                        .filter(row -> row <= 57
                                || (row >= 76 && row <= 93 && row != 78)
                                || (row >= 106 && row <= 110)
                                || row >= 114)
                        .toList());
    }

    private static String comparable(String body, boolean prose) {
        String timeless = body.replaceAll("\"timestamp\":\\d{10}", "\"timestamp\":<ts>")
                .replaceAll("\"cacheRefresh\":\"[^\"]+\"", "\"cacheRefresh\":\"<time>\"");
        return prose
                ? timeless.replaceAll("\"(message|errorDetails|error)\":( ?)\"(?:[^\"\\\\]|\\\\.)+\"", "\"$1\":$2~")
                : timeless;
    }

    /// One block of `vectors.txt`.
    record Vector(
            int row,
            boolean debug,
            boolean keyed,
            boolean prose,
            List<String> head,
            @Nullable String requestBody,
            int status,
            Map<String, String> claims,
            String body) {

        static Vector of(String block) {
            List<String> lines = Arrays.asList(block.split("\n", -1));
            int arrow = 0;
            while (!lines.get(arrow).startsWith("-> ")) arrow++;
            String[] title = lines.getFirst().split(" better: ", 2)[0].split(" ", -1);
            List<String> request = lines.subList(1, arrow), answer = lines.subList(arrow + 1, lines.size());
            Map<String, String> claims = new LinkedHashMap<>();
            for (String claim : head(answer)) claims.put(claim.split(": ", 2)[0], claim.split(": ", 2)[1]);
            String body = body(answer);
            return new Vector(
                    Integer.parseInt(title[0]),
                    Arrays.asList(title).contains("debug"),
                    Arrays.asList(title).contains("keys"),
                    Arrays.asList(title).contains("prose"),
                    head(request),
                    body(request),
                    Integer.parseInt(lines.get(arrow).substring(3)),
                    claims,
                    body == null ? "" : body + "\n");
        }

        private static List<String> head(List<String> lines) {
            return lines.stream().takeWhile(line -> !line.isEmpty()).toList();
        }

        private static @Nullable String body(List<String> lines) {
            int empty = lines.indexOf("");
            return empty < 0 ? null : String.join("\n", lines.subList(empty + 1, lines.size()));
        }

        String method() {
            return head.getFirst().split(" ", 2)[0];
        }

        String request() {
            List<String> lines = new ArrayList<>(head);
            lines.set(0, lines.getFirst() + " HTTP/1.1");
            lines.add("Host: relay");
            if (requestBody != null) lines.add("Content-Length: " + requestBody.length());
            return String.join("\r\n", lines) + "\r\n\r\n" + (requestBody == null ? "" : requestBody);
        }

        @Override
        public String toString() {
            return row + " " + head.getFirst();
        }
    }

    static Stream<Vector> vectors() {
        return Arrays.stream(TestFlags.resource("vectors.txt").split("\n== "))
                .skip(1)
                .map(String::stripTrailing)
                .map(Vector::of);
    }
}
