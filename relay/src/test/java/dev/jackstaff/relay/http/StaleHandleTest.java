package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a handler gives away stays without effect (T6 of the design for deadlines; I5, I6).
class StaleHandleTest {
    private static final int REQUESTS = 200;

    private final Queue<Object> leaked = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    @Test
    void a_thread_that_keeps_using_all_that_handlers_had_changes_no_later_answer() throws Exception {
        try (Listener listener = open(); RawClient client = new RawClient(listener.port())) {
            List<Answer> before = List.of(ask(client, "/inline", "\"a\""), ask(client, "/waiting", "\"b\""));
            Thread thief = Thread.ofPlatform().start(this::useWhatLeaked);
            try {
                for (int i = 0; i < REQUESTS; i++) {
                    assertThat(List.of(ask(client, "/inline", "\"a\""), ask(client, "/waiting", "\"b\"")))
                            .isEqualTo(before);
                }
            } finally {
                stopped = true;
                thief.join();
            }
        }
        assertThat(leaked).hasSizeGreaterThan(4 * REQUESTS);
    }

    /// Otherwise the test above proves nothing: a handler that keeps the bytes of its answer, which a thread goes on changing.
    @Test
    void an_answer_that_a_thread_can_still_change_is_found() throws Exception {
        byte[] kept = "a".getBytes(StandardCharsets.US_ASCII);
        Route broken = new Route.PublicRoute("/kept", _ -> Response.of("text/plain", Body.adopting(kept)));
        try (Listener listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT), null, List.of(broken), List.of());
                RawClient client = new RawClient(listener.port())) {
            Answer before = ask(client, "/kept", "\"a\"");
            Thread thief = Thread.ofPlatform().start(() -> {
                while (!stopped) kept[0]++;
            });
            try {
                assertThat(IntStream.range(0, REQUESTS).anyMatch(_ -> !before.equals(asked(client)))).isTrue();
            } finally {
                stopped = true;
                thief.join();
            }
        }
    }

    private static Answer asked(RawClient client) {
        try {
            return ask(client, "/kept", "\"a\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer ask(RawClient client, String path, String own) throws IOException {
        return client.send("GET", path, null, "If-None-Match: " + own, "Accept: text/plain");
    }

    /// Calls whatever a handler could call without arguments, on everything, over and over.
    private void useWhatLeaked() {
        while (!stopped)
            for (Object stolen : leaked)
                for (Method method : stolen.getClass().getDeclaredMethods())
                    if (Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0)
                        use(stolen, method);
    }

    // Some of them throw, which is all the same here.
    @SuppressWarnings("EmptyCatch")
    private static void use(Object stolen, Method method) {
        try {
            method.setAccessible(true);
            Object _ = method.invoke(stolen);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // as good as nothing
        }
    }

    private Listener open() throws IOException {
        Offload offload = new Offload(Executors.newVirtualThreadPerTaskExecutor(), 64);
        return Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT), null,
                List.of(
                        new Route.PublicRoute("/inline", request -> own(request, Waiting.NOT)),
                        new Route.PublicRoute("/waiting", offload, this::own)),
                List.of());
    }

    private Response own(Request request, Waiting waiting) {
        String own = String.valueOf(request.ifNoneMatch());
        Response response = Response.of("text/plain", Body.adopting(own.getBytes(StandardCharsets.US_ASCII)))
                .with("x-own", own);
        leaked.addAll(List.of(request, waiting, response));
        return response;
    }
}
