package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.RawClient.Answer;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// T12 of the design for deadlines, I18 and I19: every answer of every route, refusals and failures among them, has the headers
/// of all decorators, in whichever order these stand; and what observers are told is what was written.
class DressingTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Response DONE = Response.json(200, Body.adopting("{}\n".getBytes(StandardCharsets.UTF_8)));

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<Served> served = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        workers.shutdown();
    }

    /// One more than the two there are, so that there are six orders.
    private record Third() implements Decorator {
        @Override
        public Set<String> owns() {
            return Set.of("x-third");
        }

        @Override
        public List<Header> headersFor(Head head) {
            return List.of(Header.of(AsciiString.cached("x-third"), "yes"));
        }
    }

    /// Lets nobody in with the key "no", and nobody ask with the key "often".
    private record Gate(OpenGate open) implements Gatekeeper {
        private static <T> Or<T> guarded(Credentials credentials, Style style, Or<T> otherwise) {
            return "no".equals(credentials.apiKey()) || "no".equals(credentials.queryKey())
                    ? Or.refused(Response.error(401, "no", style))
                    : otherwise;
        }

        @Override
        public Or<Client> client(Credentials credentials, Style style) {
            Or<Client> client = "often".equals(credentials.apiKey())
                    ? Or.next(new Client(null, () -> 1))
                    : open.client(credentials, style);
            return guarded(credentials, style, client);
        }

        @Override
        public Or<Pass> subscriber(Credentials credentials, Style style) {
            return guarded(credentials, style, open.subscriber(credentials, style));
        }

        @Override
        public Or<Administrator> administrator(Credentials credentials, Style style) {
            return guarded(credentials, style, open.administrator(credentials, style));
        }
    }

    private List<Route> routes() {
        Offload offload = new Offload(workers, 16);
        OffloadedHandler<AdminCall> late = (_, waiting) -> {
            while (!waiting.isOver()) Thread.onSpinWait();
            return DONE;
        };
        return List.of(
                new Route.PublicRoute("/open", _ -> DONE),
                new Route.PublicRoute("/open/waits", offload, (_, _) -> DONE),
                Route.FlagRoute.get("/v1/get", Or::next, _ -> DONE),
                Route.FlagRoute.post("/v1/post", RouteClass.EVALUATE, Or::next, _ -> DONE),
                Route.FlagRoute.batch("/v1/batch", Or::next, _ -> DONE, offload),
                Route.FlagRoute.post("/v1/broken", Or::next, _ -> {
                    throw new IllegalStateException("on purpose");
                }),
                new Route.AdminRoute("/admin/v1/act", offload, (_, _) -> DONE),
                new Route.AdminRoute("/admin/v1/late", offload, late),
                Route.StreamRoute.events("/stream/v1/events",
                        call -> Or.refused(Response.error(400, "no", call.style()))),
                Route.StreamRoute.webSocket(
                        "/stream/v1/socket", call -> Or.refused(Response.error(400, "no", call.style()))));
    }

    /// A request, and whether observers hear of its answer: of what is no HTTP they do not.
    private record Asked(String method, String path, int bodyBytes, boolean observed, List<String> headers) {}

    private static List<Asked> requests() {
        List<Asked> requests = new ArrayList<>();
        for (String path : List.of(
                "/open", "/open/waits", "/v1/get", "/v1/post", "/v1/batch", "/v1/broken", "/admin/v1/act",
                "/admin/v1/late", "/stream/v1/events", "/stream/v1/socket", "/nowhere", "/v1/nowhere",
                "/admin/v1/nowhere", "/stream/v1/nowhere", "/v1/%zz")) {
            for (String method : List.of("GET", "POST", "OPTIONS", "HEAD")) {
                requests.add(new Asked(
                        method, path, 0, true, List.of("Origin: https://a.example", "grpc-timeout: " + within(path))));
                requests.add(new Asked(method, path, 0, true, List.of("X-API-Key: no")));
                if (path.startsWith("/v1/"))
                    requests.add(new Asked(method, path, 0, true, List.of("X-API-Key: often")));
                requests.add(new Asked(method, path, 0, true, List.of("grpc-timeout: 1n")));
            }
            requests.add(new Asked("POST", path, 2 * Limits.DEFAULT.batchBytes(), true, List.of()));
        }
        requests.add(new Asked("GET", "/" + "x".repeat(Limits.DEFAULT.lineBytes()), 0, false, List.of()));
        requests.add(new Asked("GET", "/open", 0, false, List.of("x: " + "x".repeat(Limits.DEFAULT.headBytes()))));
        return requests;
    }

    /// So that there is a 504, and no other by chance.
    private static String within(String path) {
        return path.endsWith("/late") ? "400m" : "10S";
    }

    @Test
    void every_answer_is_dressed_alike_in_whichever_order_and_told_as_written() throws Exception {
        List<Decorator> decorators = List.of(new Cors(false), new VersionHeader("1.2.3"), new Third());
        Map<Asked, List<String>> first = Map.of();
        for (List<Decorator> order : orders(decorators)) {
            Map<Asked, List<String>> answers = answers(order);
            assertThat(answers.values()).allSatisfy(lines -> assertThat(lines).contains("x-third: yes"));
            answers.forEach((asked, lines) -> {
                if (!asked.method.equals("OPTIONS")) assertThat(lines).contains("x-gofeatureflag-version: 1.2.3");
                assertThat(lines).as(asked.toString()).anyMatch(line -> line.equals("vary: Origin"));
            });
            if (first.isEmpty()) first = answers;
            assertThat(answers).isEqualTo(first);
        }
        assertThat(first.values().stream().map(List::getFirst).distinct())
                .contains("200", "204", "400", "401", "404", "405", "413", "414", "429", "431", "500", "503", "504");
    }

    /// Otherwise the test above proves nothing: a decorator that looks at who came before it.
    @Test
    void decorators_that_do_not_commute_are_found_out() throws Exception {
        List<Decorator> before = new ArrayList<>();
        Decorator last = new Decorator() {
            @Override
            public Set<String> owns() {
                return Set.of("x-third");
            }

            @Override
            public List<Header> headersFor(Head head) {
                return List.of(Header.of(AsciiString.cached("x-third"), before.getLast() == this ? "yes" : "no"));
            }
        };
        before.addAll(List.of(new Cors(false), last));
        Map<Asked, List<String>> one = answers(before, List.of(new Asked("GET", "/open", 0, true, List.of())));
        before.clear();
        before.addAll(List.of(last, new Cors(false)));
        assertThat(answers(before, List.of(new Asked("GET", "/open", 0, true, List.of())))).isNotEqualTo(one);
    }

    private static List<List<Decorator>> orders(List<Decorator> decorators) {
        if (decorators.isEmpty()) return List.of(List.of());
        List<List<Decorator>> orders = new ArrayList<>();
        for (Decorator first : decorators) {
            List<Decorator> others = new ArrayList<>(decorators);
            others.remove(first);
            for (List<Decorator> rest : orders(others)) {
                List<Decorator> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    private Map<Asked, List<String>> answers(List<Decorator> decorators) throws Exception {
        return answers(decorators, requests());
    }

    /// Status first, then the lines of the head, in an order of their own.
    private Map<Asked, List<String>> answers(List<Decorator> decorators, List<Asked> requests) throws Exception {
        Listener.Setting setting =
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT).within(Within.limit(LIMIT));
        Map<Asked, List<String>> answers = new LinkedHashMap<>();
        try (Listener listener = Listener.open(
                setting, new Gate(OpenGate.toNothing()), routes(), List.of(served::add), decorators)) {
            for (Asked asked : requests) {
                Answer answer = ask(listener.port(), asked);
                if (asked.observed)
                    assertThat(served.poll(10, TimeUnit.SECONDS).status()).as(asked.toString())
                            .isEqualTo(answer.status());
                List<String> lines = new ArrayList<>(List.of(String.valueOf(answer.status())));
                lines.addAll(sorted(answer));
                answers.put(asked, lines);
            }
        }
        assertThat(served).isEmpty();
        return answers;
    }

    private static List<String> sorted(Answer answer) {
        Map<String, String> byName = new TreeMap<>();
        for (String line : answer.head().subList(1, answer.head().size()))
            byName.merge(line.toLowerCase(Locale.ROOT), line, (a, b) -> a + "|" + b);
        return byName.values().stream().filter(line -> !line.startsWith("retry-after")).toList();
    }

    private static Answer ask(int port, Asked asked) throws IOException {
        try (RawClient client = new RawClient(port)) {
            StringBuilder head = new StringBuilder(asked.method + " " + asked.path + " HTTP/1.1\r\nHost: a\r\n");
            for (String header : asked.headers) head.append(header).append("\r\n");
            if (asked.bodyBytes > 0) head.append("Content-Length: ").append(asked.bodyBytes).append("\r\n");
            client.write(head.append("\r\n").toString());
            return client.read(asked.method.equals("HEAD"));
        }
    }
}
