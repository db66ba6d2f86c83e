package dev.jackstaff.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every call to another server promises, as tests: it ends in time whatever that server does, what it leaves half done
/// is not used again, and its secrets go nowhere else. T14 of the design for deadlines (I16, I22).
///
/// Nothing here measures time: a call that goes on although many times its limit has dripped by is one that does not keep it.
public abstract class RemoteCallContract {
    private static final Duration SHORT = Duration.ofMillis(150), LONG = Duration.ofSeconds(60);

    /// Two seconds of drops.
    private static final int DROPS = 100;

    private static final long PATIENCE_SECONDS = 60;
    private static final long LOOK_AGAIN = Duration.ofMillis(1).toNanos();
    private static final int LOOKS = 30_000;

    /// For the tests that extend it.
    protected RemoteCallContract() {}

    /// One that can be made again and again.
    @FunctionalInterface
    protected interface Call {

        /// Calls `server`, sending the secret in every way there is.
        void within(Duration limit) throws Exception;
    }

    private final RawServer server = started(), other = started();

    /// What makes the call under test; the same for the whole test.
    ///
    /// @param url of the server to call
    protected abstract Call call(String url) throws Exception;

    /// The text that the set-up uses as a secret.
    protected abstract String secret();

    @AfterEach
    void stopServers() throws IOException {
        server.close();
        other.close();
    }

    private static RawServer started() {
        try {
            return new RawServer(RemoteCallContract::works);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void works(RawServer.Request request, RawServer.Exchange exchange) throws IOException {
        exchange.write(RawServer.answer("200 OK", "{}"));
    }

    @TestFactory
    Stream<DynamicTest> the_limit_covers_the_whole_exchange_and_a_disturbed_connection_is_not_used_again()
            throws Exception {
        Call call = call(server.url());
        return Stream.of(Trouble.values())
                .map(trouble -> DynamicTest.dynamicTest(trouble.name(),
                        () -> assertThat(harm(trouble, call)).isEmpty()));
    }

    /// With a limit for each of them, it would end after ten redirects.
    @Test
    void redirects_share_one_limit() throws Exception {
        Call call = call(server.url());
        server.serves((request, exchange) -> {
            exchange.drip("HTTP".getBytes(StandardCharsets.ISO_8859_1));
            exchange.write("/1.1 307 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
        });

        FutureTask<?> running = inBackground(call, SHORT);
        assertThat(failure(running)).hasMessageContaining("no complete answer from ");
        assertThat(server.requests()).hasSizeLessThan(10);
    }

    @Test
    void secrets_are_not_sent_to_another_host() throws Exception {
        assertThat(strayed(call(server.url()))).isEmpty();
        assertThat(server.requests().toString()).as("what it could have sent").contains(secret());
    }

    /// Where the calls of a twin have to go.
    protected final String serverUrl() {
        return server.url();
    }

    /// What is wrong with a call after a server has made trouble; empty when nothing is.
    protected final Optional<String> harm(Trouble trouble, Call call) throws Exception {
        server.serves(trouble);
        int asked = server.requests().size(), drops = server.dripped() + DROPS, abandoned = server.abandoned();
        FutureTask<?> running = inBackground(call, SHORT);
        while (!running.isDone()) {
            if (server.dripped() > drops) return Optional.of("goes on after " + DROPS + " drops");
            LockSupport.parkNanos(LOOK_AGAIN);
        }
        Throwable failure = failure(running);
        if (!(failure instanceof IOException)) return Optional.of("ended with " + failure);
        if (failure.toString().contains(secret())) return Optional.of("tells its secret: " + failure);
        // On a busy machine time may be up before the server has heard anything, which shows nothing.
        if (server.requests().size() == asked) return harm(trouble, call);
        int connections = server.connections();
        server.serves(RemoteCallContract::works);
        Throwable next = failure(inBackground(call, LONG));
        if (next != null || server.connections() == connections)
            return Optional.of("uses the connection again: " + next);
        for (int look = 0; server.abandoned() == abandoned; look++) {
            if (look == LOOKS) return Optional.of("keeps the connection open");
            LockSupport.parkNanos(LOOK_AGAIN);
        }
        return Optional.empty();
    }

    /// The requests with a secret that have reached the host to which a server has sent the call.
    protected final List<RawServer.Request> strayed(Call call) throws Exception {
        for (String status : new String[]{"301 Moved", "302 Found", "303 See Other", "307 Moved", "308 Moved"}) {
            server.serves((request, exchange) -> exchange
                    .write(RawServer.answer(status + "\nLocation: " + other.url() + "/elsewhere", "")));
            try {
                call.within(LONG);
            } catch (IOException refused) {
                // is as good
            }
        }
        return other.requests().stream().filter(request -> request.toString().contains(secret())).toList();
    }

    private static FutureTask<?> inBackground(Call call, Duration limit) {
        FutureTask<Boolean> running = new FutureTask<>(() -> {
            call.within(limit);
            return true;
        });
        Thread thread = new Thread(running, "call");
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    /// Waits for the end. Null when it went well.
    private static @Nullable Throwable failure(FutureTask<?> running) throws Exception {
        try {
            running.get(PATIENCE_SECONDS, SECONDS);
            return null;
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }
}
