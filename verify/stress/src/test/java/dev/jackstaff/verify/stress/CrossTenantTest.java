package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three flag sets under load, over connections that all of them use in turn, while their flags change: no byte of one gets to
/// another.
class CrossTenantTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int CALLERS_A_TENANT = 3;
    private static final long ANSWERS = 1_500;
    private static final int LAST_EDITION = 3;

    @TempDir
    Path folder;

    @Test
    void no_byte_of_one_flag_set_gets_to_another() throws Exception {
        Seen seen = run(tenant -> List.of(tenant.flags()));
        assertThat(seen.leaks).isEmpty();
    }

    /// Planted: the first flag set also gets what belongs to the second, and flags that are named after both, of which one is
    /// invalid: metrics and log tell of them by their names.
    @Test
    void a_flag_set_that_gets_the_flags_of_another_is_found_wherever_it_shows() throws Exception {
        Path both = Files.writeString(folder.resolve("both.yaml"), """
                amber-birch-flag: {variations: {one: 1}, defaultRule: {variation: one}}
                amber-birch-odd: {variations: {one: 1}, defaultRule: {variation: two}}
                """);
        Seen seen = run(tenant -> tenant.mark().equals("amber")
                ? List.of(tenant.flags(), folder.resolve("birch").resolve("flags.yaml"), both)
                : List.of(tenant.flags()));
        assertThat(seen.leaks.keySet()).contains(
                "amber: /ofrep/v1/evaluate/flags/shared", "amber: /ofrep/v1/evaluate/flags", "amber: /v1/flag/change",
                "amber: /v1/flag/configuration", "amber: /openfeature/v0/manifest", "amber: /v1/allflags",
                "amber: events", "amber: server-sent events", "amber: WebSocket", "metrics", "log");
        assertThat(seen.leaks.values()).allSatisfy(text -> assertThat(text).contains("birch"));
    }

    /// What is looked at, by where it was seen: whose it is, and the first text in each place that has the mark of another.
    private static final class Seen {
        private final List<Tenant> tenants;
        private final Map<String, String> leaks = new ConcurrentHashMap<>();

        Seen(List<Tenant> tenants) {
            this.tenants = tenants;
        }

        void look(Tenant owner, String place, String text) {
            for (Tenant other : tenants) {
                if (!other.equals(owner) && text.contains(other.mark()))
                    leaks.putIfAbsent(owner.mark() + ": " + place, text);
            }
        }

        /// A line that is about one of them at most.
        void lookAtLine(String place, String line) {
            if (tenants.stream().filter(tenant -> line.contains(tenant.mark())).count() > 1)
                leaks.putIfAbsent(place, line);
        }
    }

    @FunctionalInterface
    private interface Sources {
        List<Path> of(Tenant tenant);
    }

    private Seen run(Sources sources) throws Exception {
        List<Tenant> tenants = Stream.of("amber", "birch", "coral")
                .map(mark -> new Tenant(mark, folder.resolve(mark)))
                .toList();
        Seen seen = new Seen(tenants);
        StringBuilder config = new StringBuilder("""
                server: {host: 127.0.0.1, port: 0}
                logLevel: debug
                hideBanner: true
                enableBulkMetricFlagNames: true
                flagsets:
                """);
        for (Tenant tenant : tenants) {
            tenant.write(1);
            config.append(tenant.config(sources.of(tenant)));
        }
        Path file = Files.writeString(folder.resolve("goff-proxy.yaml"), config);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
        try (ServerProcess relay = RelayServer.start(file);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            String address = "127.0.0.1:" + relay.port();
            List<Listener> listeners = new ArrayList<>();
            for (Tenant tenant : tenants) listeners.addAll(listen(http, callers, address, tenant));
            List<Caller> load = tenants.stream()
                    .flatMap(tenant -> Stream.generate(() -> new Caller(http, address, tenant, seen))
                            .limit(CALLERS_A_TENANT))
                    .toList();
            List<Future<?>> running = load.stream().<Future<?>>map(callers::submit).toList();
            for (int edition = 2; edition <= LAST_EDITION; edition++) {
                for (Tenant tenant : tenants) tenant.write(edition);
                String news = " value " + edition;
                Conditions.await(news, () -> listeners.stream().allMatch(listener -> listener.heard(news)));
            }
            Conditions.await("enough answers",
                    () -> load.stream().mapToLong(caller -> caller.answers.get()).sum() > ANSWERS);
            for (Caller caller : load) caller.stop = true;
            for (Future<?> future : running) future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            String metrics = http.send(request(address, "/metrics").build(), BodyHandlers.ofString()).body();
            assertThat(relay.terminate()).isZero();
            look(seen, listeners, metrics, relay);
        } finally {
            // Its orderly end waits for streams whose other end has gone.
            http.shutdownNow();
        }
        return seen;
    }

    private static void look(Seen seen, List<Listener> listeners, String metrics, ServerProcess relay)
            throws IOException {
        for (Listener listener : listeners) {
            for (String text : listener.heard) seen.look(listener.tenant, listener.place, text);
        }
        for (Tenant tenant : seen.tenants) {
            assertThat(metrics).contains("flag_name=\"" + tenant.mark() + "-flag\"");
            List<String> events = tenant.events();
            assertThat(events).anyMatch(event -> event.contains(tenant.mark() + "-collected"));
            for (String event : events) seen.look(tenant, "events", event);
        }
        metrics.lines().forEach(line -> seen.lookAtLine("metrics", line));
        assertThat(relay.lines()).anyMatch(line -> line.contains("\"msg\":\"Success\""));
        for (String line : relay.lines()) seen.lookAtLine("log", line);
    }

    /// One after the other, everything that a client of one flag set can ask for.
    private static final class Caller implements Runnable {
        private final HttpClient http;
        private final Tenant tenant;
        private final Seen seen;
        private final List<HttpRequest> requests;
        private final AtomicLong answers = new AtomicLong();
        private volatile boolean stop;

        Caller(HttpClient http, String address, Tenant tenant, Seen seen) {
            this.http = http;
            this.tenant = tenant;
            this.seen = seen;
            String ofrep = "{\"context\":" + tenant.context() + "}";
            String goff =
                    "{\"evaluationContext\":{\"key\":\"" + tenant.user() + "\",\"custom\":{\"plan\":\"" + tenant.mark()
                            + "-pro\"}},\"defaultValue\":\"" + tenant.mark() + "-default\"}";
            requests = Stream.of(
                    post(address, "/ofrep/v1/evaluate/flags/shared", ofrep),
                    post(address, "/ofrep/v1/evaluate/flags/" + tenant.mark() + "-flag", ofrep),
                    post(address, "/ofrep/v1/evaluate/flags/missing", ofrep),
                    post(address, "/ofrep/v1/evaluate/flags/shared", "{\"context\":7}"),
                    post(address, "/ofrep/v1/evaluate/flags", ofrep),
                    post(address, "/v1/feature/shared/eval", goff),
                    post(address, "/v1/feature/" + tenant.mark() + "-flag/eval", goff),
                    post(address, "/v1/allflags", goff),
                    request(address, "/v1/flag/change"),
                    post(address, "/v1/flag/configuration", "{}"),
                    request(address, "/openfeature/v0/manifest"),
                    post(address, "/v1/data/collector", """
                            {"meta":{},"events":[{"kind":"feature","contextKind":"user","userKey":"%s","creationDate":1680246000,
                            "key":"shared","variation":"%s-collected","value":1,"default":false,"version":"1"}]}"""
                            .formatted(tenant.user(), tenant.mark())))
                    .map(request -> request.header("X-API-Key", tenant.key()).build())
                    .toList();
        }

        @Override
        public void run() {
            for (int next = 0; !stop; next = (next + 1) % requests.size()) {
                HttpRequest request = requests.get(next);
                try {
                    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                    seen.look(tenant, request.uri().getPath(), answer.headers() + answer.body());
                    answers.incrementAndGet();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(request + " failed", e);
                }
            }
        }
    }

    /// What was told on one stream.
    private static final class Listener {
        private final Tenant tenant;
        private final String place;
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();

        Listener(Tenant tenant, String place) {
            this.tenant = tenant;
            this.place = place;
        }

        boolean heard(String text) {
            return heard.stream().anyMatch(line -> line.contains(tenant.mark() + text));
        }
    }

    private static List<Listener> listen(
            HttpClient http, ExecutorService readers, String address, Tenant tenant) throws Exception {
        Listener events = new Listener(tenant, "server-sent events");
        var lines = http.send(
                request(address, "/stream/v1/sse/flag/change?apiKey=" + tenant.key()).build(), BodyHandlers.ofLines());
        assertThat(lines.statusCode()).isEqualTo(200);
        Future<?> _ = readers.submit(() -> lines.body().forEach(events.heard::add));
        Listener socket = new Listener(tenant, "WebSocket");
        URI uri = URI.create("ws://" + address + "/stream/v1/ws/flag/change?apiKey=" + tenant.key());
        WebSocket _ = http.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                socket.heard.add(data.toString());
                return WebSocket.Listener.super.onText(webSocket, data, last);
            }
        }).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return List.of(events, socket);
    }

    private static HttpRequest.Builder post(String address, String path, String json) {
        return request(address, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    private static HttpRequest.Builder request(String address, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(LIMIT);
    }
}
