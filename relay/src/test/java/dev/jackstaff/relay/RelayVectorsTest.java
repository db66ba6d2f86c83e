package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.admin.AdminRoutes;
import dev.jackstaff.relay.admin.Refreshable;
import dev.jackstaff.relay.auth.Access;
import dev.jackstaff.relay.auth.KeyGate;
import dev.jackstaff.relay.config.AuthorizedKeys;
import dev.jackstaff.relay.config.KeyDigest;
import dev.jackstaff.relay.goff.GoffRoutes;
import dev.jackstaff.relay.goff.MonitoringRoutes;
import dev.jackstaff.relay.http.Limits;
import dev.jackstaff.relay.http.Listener;
import dev.jackstaff.relay.http.Offload;
import dev.jackstaff.relay.http.OpenGate;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Within;
import dev.jackstaff.relay.ofrep.OfrepRoutes;
import dev.jackstaff.runtime.FlagSetStatus;
import dev.jackstaff.runtime.Refresh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    private static Listener sets;

    @BeforeAll
    static void open() throws IOException {
        plain = open(false, Access.toOne(FLAGS, AuthorizedKeys.NONE), FLAGS);
        debug = open(true, Access.toOne(FLAGS, AuthorizedKeys.NONE), FLAGS);
        keyed = open(false, Access.toOne(FLAGS, KEYS), FLAGS);
        OpenGate.Fixed s1 = new OpenGate.Fixed(
                "s1",
                TestFlags.compiled(
                        Syntax.YAML, TestFlags.resource("fixture.yaml"),
                        CompileOptions.DEFAULT.withEnrichment(Map.of("env", "prod"))));
        OpenGate.Fixed s2 = new OpenGate.Fixed(
                "s2", TestFlags.yaml("g: {variations: {t: true, f: false}, defaultRule: {variation: t}}"));
        AuthorizedKeys keys = new AuthorizedKeys(keys("ek"), keys("ak", "both"));
        sets = open(false, Access.byKey(Map.of(s1, keys("k1", "both"), s2, keys("k2")), keys), s1, s2);
    }

    @AfterAll
    static void close() {
        plain.close();
        debug.close();
        keyed.close();
        sets.close();
    }

    private static Listener open(boolean debug, Access access, OpenGate.Fixed... flagSets) throws IOException {
        List<FlagSetStatus> status = Stream.of(flagSets).map(OpenGate.Fixed::status).toList();
        List<Route> routes = new ArrayList<>(OfrepRoutes.of(InstantSource.system()));
        routes.addAll(GoffRoutes.of(InstantSource.system()));
        routes.addAll(AdminRoutes.of(
                new NothingNew(), new Offload(Thread::startVirtualThread, 1)));
        routes.addAll(MonitoringRoutes.of(() -> status, flagSets.length > 1));
        return Listener.open(
                new Listener.Setting("127.0.0.1", 0, "localdev", debug, Limits.DEFAULT)
                        .within(Within.limit(Duration.ofSeconds(20))),
                new KeyGate(() -> access),
                routes,
                List.of());
    }

    /// Flag sets that are current already.
    private static final class NothingNew implements Refreshable {
        @Override
        public List<CompletableFuture<Refresh>> refresh(String flagSet) {
            return refreshAll();
        }

        @Override
        public List<CompletableFuture<Refresh>> refreshAll() {
            return List.of(CompletableFuture.completedFuture(new Refresh(true, false, 1, List.of())));
        }
    }

    private static Set<KeyDigest> keys(String... keys) {
        return Stream.of(keys)
                .map(key -> KeyDigest.of(key.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "row {0}")
    @MethodSource("vectors")
    void a_request_gets_the_answer_of_the_specification(Vector vector) throws IOException {
        int port = (vector.debug ? debug : vector.keyed ? keyed : vector.sets ? sets : plain).port();
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
                        .filter(row -> row <= 66
                                || (row >= 75 && row <= 100)
                                || row == 102
                                || (row >= 106 && row <= 111)
                                || row >= 114)
                        .toList());
    }

    private static String comparable(String body, boolean prose) {
        String timeless = body.replaceAll("\"timestamp\":\\d{10}", "\"timestamp\":<ts>")
                .replaceAll("\"(cacheRefresh|s1|s2)\":\"[^\"]+\"", "\"$1\":\"<time>\"");
        return prose
                ? timeless.replaceAll("\"(message|errorDetails|error)\":( ?)\"(?:[^\"\\\\]|\\\\.)+\"", "\"$1\":$2~")
                : timeless;
    }

    /// One block of `vectors.txt`.
    record Vector(
            int row,
            boolean debug,
            boolean keyed,
            boolean sets,
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
                    Arrays.asList(title).contains("sets"),
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
