package dev.jackstaff.relay.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static dev.jackstaff.relay.http.StreamFixture.await;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.relay.TestFlags;
import dev.jackstaff.relay.http.Accounts.Outcome;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Section 4.3 of the design for deadlines: a large answer is worked out in slices, between which its event loop serves others.
class SlicesTest {
    private static final Response DONE = Response.json(200, Body.adopting("{}\n".getBytes(UTF_8)));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// So many that every event loop has some.
    private static final int OTHERS = 4 * Runtime.getRuntime().availableProcessors();

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger slices = new AtomicInteger();
    private final AtomicBoolean begun = new AtomicBoolean(); // the large answer
    private final Set<Thread> loops = ConcurrentHashMap.newKeySet();

    private final Route small = Route.FlagRoute.post("/v1/small", Or::next, _ -> {
        loops.add(Thread.currentThread());
        answered.incrementAndGet();
        return DONE;
    });

    /// Ends when all the others have their answers.
    @Test
    void others_on_the_same_loop_are_served_while_a_large_answer_is_worked_out() throws Exception {
        Set<Thread> large = ConcurrentHashMap.newKeySet();
        assertThat(askBeside(Route.FlagRoute.bulk("/v1/large", Or::next, _ -> _ -> {
            begun.set(true);
            large.add(Thread.currentThread());
            return answered.get() < OTHERS ? null : DONE;
        }))).isEqualTo(200);
        assertThat(large).hasSize(1);
        assertThat(loops).containsAll(large);
    }

    /// Otherwise the test above proves nothing.
    @Test
    void an_answer_that_keeps_its_loop_is_found() throws Exception {
        assertThat(askBeside(Route.FlagRoute.post("/v1/large", Or::next, _ -> {
            begun.set(true);
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (answered.get() < OTHERS && System.nanoTime() < end) Thread.onSpinWait();
            return answered.get() < OTHERS ? Response.empty(500) : DONE;
        }))).isEqualTo(500);
    }

    private int askBeside(Route large) throws Exception {
        try (Listener listener = open(LIMIT, large, small); RawClient client = new RawClient(listener.port())) {
            List<RawClient> others = new ArrayList<>();
            try {
                for (int i = 0; i < OTHERS; i++) others.add(new RawClient(listener.port()));
                client.write("POST /v1/large HTTP/1.1\r\nHost: a\r\n\r\n");
                await(begun::get);
                for (RawClient other : others) other.write("POST /v1/small HTTP/1.1\r\nHost: a\r\n\r\n");
                for (RawClient other : others) assertThat(other.read().status()).isEqualTo(200);
                return client.read().status();
            } finally {
                for (RawClient other : others) other.close();
            }
        }
    }

    @Test
    void when_time_is_up_it_is_left_as_it_is() throws Exception {
        try (Listener listener = open(Duration.ofMillis(50), endless())) {
            assertThat(RawClient.post(listener.port(), "/v1/large", "").status()).isEqualTo(504);
            int begun = slices.get();
            assertThat(RawClient.post(listener.port(), "/v1/elsewhere", "").status()).isEqualTo(404);
            assertThat(slices).hasValue(begun);
            await(() -> requests(listener, Outcome.EXPIRED) == 1);
            await(() -> late(listener) == 1);
        }
    }

    @Test
    void when_the_client_has_gone_nobody_works_for_it_any_longer() throws Exception {
        try (Listener listener = open(LIMIT, endless())) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                socket.getOutputStream().write("POST /v1/large HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
                await(() -> slices.get() > 2);
                socket.setSoLinger(true, 0);
            }
            await(() -> requests(listener, Outcome.GONE) == 1);
            await(() -> late(listener) == 1);
        }
    }

    @Test
    void an_exception_in_a_later_slice_costs_this_request_a_500() throws Exception {
        Route broken = Route.FlagRoute.bulk("/v1/large", Or::next, _ -> _ -> {
            if (slices.incrementAndGet() < 3) return null;
            throw new IllegalStateException("on purpose");
        });
        try (Listener listener = open(LIMIT, broken, small)) {
            Answer answer = RawClient.post(listener.port(), "/v1/large", "");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("on purpose");
            assertThat(RawClient.post(listener.port(), "/v1/small", "").status()).isEqualTo(200);
        }
    }

    @Test
    void however_it_is_sliced_the_answer_is_the_same() {
        Snapshot flags = TestFlags.yaml(IntStream.range(0, 100)
                .mapToObj("flag-%d: {variations: {a: 1}, defaultRule: {variation: a}}"::formatted)
                .collect(Collectors.joining("\n")));
        BulkAnswer whole = answer(flags);
        Response expected = whole.next(() -> false);
        BulkAnswer sliced = answer(flags);
        Response last = null;
        int count = 0;
        for (; last == null; count++) last = sliced.next(() -> true);
        assertThat(count).isEqualTo(100 / 8 + 1);
        assertThat(text(last)).isEqualTo(text(expected)).contains("\"flag-0\"", "\"flag-99\"");
    }

    private static BulkAnswer answer(Snapshot flags) {
        return new BulkAnswer(flags.bulk(EvaluationContext.EMPTY, Instant.EPOCH), false, 10, new BulkAnswer.Text() {
            @Override
            public void begin(JsonWriter json) throws IOException {
                json.beginObject();
            }

            @Override
            public void flag(JsonWriter json, String key, Evaluation evaluation) throws IOException {
                json.name(key).value(evaluation.variation());
            }

            @Override
            public void end(JsonWriter json) throws IOException {
                json.endObject();
            }

            @Override
            public Response answer(Body body) {
                return Response.json(200, body);
            }
        });
    }

    private static String text(Response response) {
        return new String(response.body().copy(), UTF_8);
    }

    private Route endless() {
        return Route.FlagRoute.bulk("/v1/large", Or::next, _ -> _ -> {
            slices.incrementAndGet();
            return null;
        });
    }

    private static Listener open(Duration limit, Route... routes) throws Exception {
        return Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT).within(Within.limit(limit)),
                OpenGate.toNothing(), List.of(routes), List.of());
    }

    private static long requests(Listener listener, Outcome outcome) {
        return listener.accounts()
                .lines()
                .stream()
                .filter(line -> line.outcome() == outcome)
                .mapToLong(Accounts.Line::requests)
                .sum();
    }

    private static long late(Listener listener) {
        return listener.accounts().late().stream().mapToLong(Accounts.Late::late).sum();
    }
}
