package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bodies that a listener holds have room, one that has none is refused, and whatever becomes of a request gives its
/// bytes back, once.
class BodyBudgetTest {
    private static final int LARGE = 100 * 1024, SMALL = 60 * 1024, BUDGET = 4 * LARGE, MOST = 2 * LARGE;
    private static final Duration LONG = Duration.ofSeconds(60), SHORT = Duration.ofMillis(300);
    private static final String ECHO = "/v1/echo", BATCH = "/v1/batch", PATIENT = "/v1/patient",
            NEVER = "/v1/never";
    private static final char WAITS = 'w', FAILS = 'f', MALFORMED = 'm', PLAIN = 'p';

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Offload batches = new Offload(workers, 1), patient = new Offload(workers, 1, 4),
            never = new Offload(_ -> {}, 1);
    private final Hold hold = new Hold();

    @TempDir
    Path folder;

    private Listener listener; // null where a budget is looked at alone

    /// Planted: keeps what it is given back.
    private static final class Forgetful extends BodyBudget {
        Forgetful() {
            super(BUDGET);
        }

        @Override
        void giveBack(long bytes) {}
    }

    interface Steps {
        void take(BodyBudgetTest test) throws Exception;
    }

    /// In which a request can end.
    record Way(String name, Duration grace, Duration deadline, Steps steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Way> ways() {
        return List.of(
                new Way("answered", LONG, LONG, it -> assertThat(it.status(ECHO, PLAIN)).isEqualTo(200)),
                new Way("answered by a worker", LONG, LONG, it -> assertThat(it.status(BATCH, PLAIN)).isEqualTo(200)),
                new Way("malformed body", LONG, LONG, it -> assertThat(it.status(ECHO, MALFORMED)).isEqualTo(400)),
                new Way("malformed batch", LONG, LONG, it -> assertThat(it.status(BATCH, MALFORMED)).isEqualTo(400)),
                new Way("failed", LONG, LONG, it -> assertThat(it.status(ECHO, FAILS)).isEqualTo(500)),
                new Way("failed in a worker", LONG, LONG, it -> assertThat(it.status(BATCH, FAILS)).isEqualTo(500)),
                new Way("too slow", SHORT, LONG, it -> assertThat(it.statusOfPart()).isEqualTo(408)),
                new Way("too late", LONG, SHORT, it -> assertThat(it.statusOfPart()).isEqualTo(503)),
                new Way("no worker began", LONG, SHORT, it -> assertThat(it.status(NEVER, PLAIN)).isEqualTo(503)),
                new Way("too large", LONG, LONG, BodyBudgetTest::endTooLarge),
                new Way("no more room", LONG, LONG, BodyBudgetTest::endWithoutRoom),
                new Way("broken chunk", LONG, LONG, BodyBudgetTest::endWithBrokenChunk),
                new Way("reset", LONG, LONG, BodyBudgetTest::endWithReset),
                new Way("reset at work", LONG, LONG, BodyBudgetTest::endWithResetAtWork),
                new Way("no worker free", LONG, LONG, BodyBudgetTest::endWithoutWorker));
    }

    @AfterEach
    void close() {
        hold.release();
        if (listener != null) listener.close();
        workers.close();
    }

    private static Listener.Setting setting(Duration grace) {
        PeerLimits peers = PeerLimits.DEFAULT.withTimes(LONG, grace, LONG, LONG).withLook(Duration.ofMillis(5));
        Limits limits = Limits.DEFAULT;
        return new Listener.Setting("127.0.0.1", 0, null, false, new Limits(
                limits.headBytes(), limits.lineBytes(), MOST, limits.batchBytes(), limits.inlineBytes(), BUDGET,
                limits.linger(), limits.queue(), peers, limits.streams()));
    }

    private void open(Listener.Setting setting, BodyBudget bodies) throws IOException {
        listener = Listener.open(
                setting, OpenGate.toNothing(),
                List.of(
                        new Route.PublicRoute("/health", _ -> Response.empty(200)),
                        Route.FlagRoute.post(ECHO, BodyBudgetTest::decode, this::handle),
                        Route.FlagRoute.batch(NEVER, BodyBudgetTest::decode, this::handle, never),
                        Route.FlagRoute.batch(PATIENT, BodyBudgetTest::decode, this::handle, patient),
                        Route.FlagRoute.batch(BATCH, BodyBudgetTest::decode, this::handle, batches)),
                bodies);
    }

    private static Or<Request> decode(Request request) {
        return kind(request) == MALFORMED
                ? Or.refused(Response.error(400, "malformed", request.style()))
                : Or.next(request);
    }

    private static char kind(Request request) {
        Body body = request.body();
        return body == null || body.length() == 0 ? PLAIN : (char) body.copy()[0];
    }

    private Response handle(Decoded<Request> call) {
        char kind = kind(call.request());
        if (kind == FAILS) throw new IllegalStateException("as it was told");
        if (kind == WAITS) hold.stay();
        return Response.empty(200);
    }

    private static String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String chunked(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    private static String chunk(int length) {
        return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
    }

    private static String large(char kind) {
        return String.valueOf(kind).repeat(LARGE);
    }

    private RawClient client() throws IOException {
        return new RawClient(listener.port());
    }

    private long held() {
        return listener.bodies().held();
    }

    private void awaitHeld(long bytes) {
        StreamFixture.await(() -> held() == bytes);
    }

    private int status(String path, char kind) throws IOException {
        try (RawClient client = client()) {
            client.write(head(path, LARGE) + large(kind));
            return client.read().status();
        }
    }

    private int statusOfPart() throws IOException {
        try (RawClient client = client()) {
            client.write(head(BATCH, LARGE) + "x");
            return client.read().status();
        }
    }

    private void endTooLarge() throws IOException {
        try (RawClient client = client()) {
            client.write(chunked(ECHO) + chunk(1_000));
            awaitHeld(1_000);
            client.write(chunk(MOST));
            assertThat(client.read().status()).isEqualTo(413);
        }
    }

    private void endWithoutRoom() throws IOException {
        try (RawClient client = client()) {
            client.write(chunked(BATCH) + chunk(1_000));
            awaitHeld(1_000);
            client.write(chunk(BUDGET));
            assertThat(client.read().status()).isEqualTo(503);
        }
    }

    private void endWithBrokenChunk() throws IOException {
        try (RawClient client = client()) {
            client.write(chunked(ECHO) + chunk(1_000));
            awaitHeld(1_000);
            client.write("no number\r\n");
            assertThat(client.skip(1_000, Duration.ZERO)).as("bytes of a 400 at most").isLessThan(1_000);
        }
    }

    private Socket reset(String sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void endWithReset() throws IOException {
        try (Socket _ = reset(head(BATCH, LARGE) + "x")) {
            awaitHeld(LARGE);
        }
        StreamFixture.await(() -> listener.connections().open() == 0);
    }

    private void endWithResetAtWork() throws Exception {
        try (Socket _ = reset(head(BATCH, LARGE) + large(WAITS))) {
            hold.awaitBegun();
        }
        StreamFixture.await(() -> batches.counts().gone() == 1);
        assertThat(held()).as("the worker still has it").isEqualTo(LARGE);
        hold.release();
        StreamFixture.await(() -> batches.counts().late() == 1);
    }

    private void endWithoutWorker() throws Exception {
        try (RawClient first = client(); RawClient second = client()) {
            first.write(head(BATCH, LARGE));
            second.write(head(BATCH, LARGE));
            awaitHeld(2 * LARGE);
            first.write(large(WAITS));
            hold.awaitBegun();
            second.write(large(PLAIN));
            assertThat(second.read().status()).isEqualTo(503);
            hold.release();
            assertThat(first.read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatever_becomes_of_a_request_its_bytes_are_given_back(Way way) throws Exception {
        open(setting(way.grace).within(Within.limit(way.deadline)), new BodyBudget(BUDGET));
        way.steps.take(this);
        awaitHeld(0);
        assertThat(listener.bodies().free()).isEqualTo(BUDGET);
    }

    /// Otherwise the test above would pass where nothing is ever taken.
    @ParameterizedTest
    @MethodSource("ways")
    void a_budget_that_forgets_to_give_back_is_found_in_each_way(Way way) throws Exception {
        open(setting(way.grace).within(Within.limit(way.deadline)), new Forgetful());
        way.steps.take(this);
        assertThat(held()).isPositive();
    }

    @Test
    void a_request_of_http_2_that_is_taken_back_gives_its_bytes_back() throws Exception {
        Identity identity = Identity.in(folder, "server");
        SSLContext tls = identity.trustedBy(null);
        open(setting(LONG).over(identity.server()).within(Within.limit(LONG)), new BodyBudget(BUDGET));
        try (FrameClient client = new FrameClient(tls, listener.port())) {
            client.begin(1, ECHO);
            client.send(FrameClient.frame(FrameClient.DATA, 0, 1, new byte[1_000]));
            awaitHeld(1_000);
            client.send(FrameClient.frame(FrameClient.RESET, 0, 1, FrameClient.number(8)));
            awaitHeld(0);
            client.begin(3, ECHO);
            client.send(FrameClient.frame(FrameClient.DATA, 0, 3, new byte[1_000]));
            awaitHeld(1_000);
        }
        awaitHeld(0);
    }

    @Test
    void a_large_body_without_room_waits_unread_and_small_ones_are_answered() throws Exception {
        open(setting(LONG).within(Within.limit(LONG)), new BodyBudget(BUDGET));
        try (RawClient first = client(); RawClient second = client(); RawClient third = client();
                RawClient fourth = client(); RawClient pieces = client(); RawClient small = client()) {
            for (RawClient slow : List.of(first, second, third)) slow.write(head(PATIENT, LARGE) + "x");
            awaitHeld(3 * LARGE);

            fourth.write(head(PATIENT, LARGE) + large(PLAIN));
            StreamFixture.await(() -> listener.bodies().waiting() == 1);
            pieces.write(chunked(PATIENT) + chunk(LARGE));
            isRefused(pieces.read());
            assertThat(listener.bodies().refused()).containsEntry(RequestClass.COLLECT, 1L);
            assertThat(small.send("GET", "/health", null).status()).isEqualTo(200);
            assertThat(small.send("POST", ECHO, "1234").status()).isEqualTo(200);
            awaitHeld(3 * LARGE);

            first.write("x".repeat(LARGE - 1));
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(fourth.read().status()).isEqualTo(200);
            awaitHeld(2 * LARGE);
            assertThat(status(PATIENT, PLAIN)).isEqualTo(200);
        }
        awaitHeld(0);
    }

    private static void isRefused(RawClient.Answer refusal) {
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.header("connection")).isEqualTo("close");
        assertThat(refusal.header("retry-after")).isBetween("3", "7");
    }

    @Test
    void who_has_waited_for_most_of_its_time_is_refused_and_the_rest_of_its_body_is_dropped() throws Exception {
        Duration limit = Duration.ofMillis(500);
        open(setting(LONG).within(Within.limit(limit)), new BodyBudget(2 * LARGE));
        byte[] much = new byte[MOST];
        try (RawClient slow = client(); RawClient waiting = client()) {
            slow.write(head(BATCH, LARGE) + "x");
            awaitHeld(LARGE);
            waiting.write(head(BATCH, MOST) + "x");
            StreamFixture.await(() -> listener.bodies().waiting() == 1);
            isRefused(waiting.read());
            waiting.write("x".repeat(much.length - 1)); // no reset as long as it lingers
            assertThat(waiting.isClosedByServer()).isTrue();
        }
        assertThat(listener.bodies().waiting()).isZero();
        awaitHeld(0);
    }

    @Test
    void who_leaves_while_it_waits_is_out_of_the_way() throws Exception {
        open(setting(LONG).within(Within.limit(LONG)), new BodyBudget(2 * LARGE));
        try (RawClient slow = client(); RawClient third = client()) {
            slow.write(head(PATIENT, LARGE) + "x");
            awaitHeld(LARGE);
            try (Socket _ = reset(head(PATIENT, LARGE) + "x")) {
                StreamFixture.await(() -> listener.bodies().waiting() == 1);
            }
            third.write(head(PATIENT, LARGE) + large(PLAIN));
            StreamFixture.await(() -> listener.bodies().waiting() == 2);
            slow.write("x".repeat(LARGE - 1));
            assertThat(slow.read().status()).isEqualTo(200);
            assertThat(third.read().status()).isEqualTo(200);
        }
        awaitHeld(0);
        assertThat(listener.bodies().waiting()).isZero();
    }

    @Test
    void what_claims_room_gets_it_in_its_order() {
        BodyBudget budget = new BodyBudget(4 * LARGE);
        List<String> met = new ArrayList<>();
        assertThat(budget.take(3 * LARGE, true)).isTrue();
        BodyBudget.Claim first = claim(budget, 2 * LARGE, "first", met), second = claim(budget, LARGE, "second", met),
                third = claim(budget, LARGE, "third", met);
        assertThat(budget.take(1, true)).as("nobody overtakes").isFalse();
        assertThat(budget.take(1, false)).as("small ones do not wait").isTrue();
        budget.giveBack(1);
        budget.giveBack(LARGE);
        assertThat(met).isEmpty();
        assertThat(budget.giveUp(first)).isTrue();
        assertThat(met).containsExactly("second");
        assertThat(budget.giveUp(second)).as("it has been met").isFalse();
        budget.giveBack(LARGE);
        assertThat(met).containsExactly("second", "third");
        assertThat(budget.giveUp(third)).isFalse();
        assertThat(budget.counts().waiting()).isZero();
        assertThat(budget.counts().held()).isEqualTo(3 * LARGE);
    }

    @Test
    void while_workers_have_enough_those_who_wait_get_less() {
        BodyBudget budget = new BodyBudget(128 * LARGE);
        List<String> met = new ArrayList<>();
        Offload busy = busy();
        assertThat(budget.takeLarge(3 * LARGE, busy)).as("a 32nd of three quarters").isTrue();
        assertThat(budget.takeLarge(LARGE, busy)).isFalse();
        assertThat(budget.takeLarge(LARGE, null)).as("no worker's").isTrue();
        budget.giveBack(LARGE);
        for (int bytes : List.of(LARGE, 20 * LARGE, LARGE))
            assertThat(budget.claim(bytes, busy, Long.MAX_VALUE, () -> met.add(bytes / LARGE + ""))).isNotNull();
        budget.giveBack(LARGE);
        assertThat(met).as("more than half").isEmpty();
        budget.giveBack(LARGE);
        assertThat(met).as("until it is enough, however large").containsExactly("1", "20");
        budget.giveBack(LARGE);
        assertThat(met).hasSize(2);
        budget.giveBack(20 * LARGE);
        assertThat(met).containsExactly("1", "20", "1");
    }

    @Test
    void workers_that_have_nothing_to_do_get_a_body_at_a_time_beside_those_that_others_hold() {
        FakeTicker ticker = new FakeTicker();
        BodyBudget budget = new BodyBudget(128 * LARGE, ticker);
        List<String> met = new ArrayList<>();
        Offload idle = new Offload(_ -> {}, 1, 1);
        assertThat(budget.take(96 * LARGE, true)).as("slow senders").isTrue();
        for (String each : List.of("first", "second", "third"))
            assertThat(budget.claim(LARGE, idle, Long.MAX_VALUE, () -> met.add(each))).isNotNull();
        budget.giveBack(8 * LARGE);
        budget.meet();
        assertThat(met).containsExactly("first");
        ticker.advance(Duration.ofMillis(1));
        budget.meet();
        assertThat(met).containsExactly("first", "second");
    }

    private static Offload busy() {
        Offload busy = new Offload(_ -> {}, 1, 1);
        assertThat(busy.hand(() -> {})).isTrue();
        Runnable waits = () -> {};
        assertThat(busy.hand(waits)).isTrue();
        return busy;
    }

    @Test
    void when_somebody_has_waited_for_too_long_for_half_a_second_who_came_last_is_first() {
        FakeTicker ticker = new FakeTicker();
        BodyBudget budget = new BodyBudget(4 * LARGE, ticker);
        List<String> met = new ArrayList<>();
        assertThat(budget.take(3 * LARGE, true)).isTrue();
        claim(budget, LARGE, "1", met);
        ticker.advance(Duration.ofMillis(100));
        for (String each : List.of("2", "3", "4")) claim(budget, LARGE, each, met);
        ticker.advance(Duration.ofMillis(499));
        budget.giveBack(LARGE);
        assertThat(met).containsExactly("1");
        ticker.advance(Duration.ofMillis(1));
        budget.giveBack(LARGE);
        claim(budget, LARGE, "5", met);
        budget.giveBack(LARGE);
        assertThat(met).containsExactly("1", "4", "5");
        budget.giveBack(2 * LARGE);
        assertThat(met).containsExactly("1", "4", "5", "3", "2");
        assertThat(budget.counts().waiting()).isZero();
    }

    @Test
    void then_every_eighth_turn_is_for_who_should_not_wait_any_longer() {
        FakeTicker ticker = new FakeTicker();
        BodyBudget budget = new BodyBudget(20 * LARGE, ticker);
        List<Integer> met = new ArrayList<>();
        assertThat(budget.take(15 * LARGE, true)).isTrue();
        for (int i = 1; i <= 11; i++) {
            int each = i;
            assertThat(budget.claim(LARGE, null, Duration.ofSeconds(3).toNanos(), () -> met.add(each))).isNotNull();
        }
        ticker.advance(Duration.ofMillis(2_499));
        budget.meet();
        ticker.advance(Duration.ofMillis(500));
        budget.giveBack(LARGE);
        ticker.advance(Duration.ofMillis(1));
        for (int i = 0; i < 10; i++) budget.giveBack(LARGE);
        assertThat(met).containsExactly(11, 10, 9, 8, 7, 6, 5, 1, 4, 3, 2);
    }

    @Test
    void as_long_as_nobody_waits_for_long_all_the_time_who_came_first_is_first() {
        FakeTicker ticker = new FakeTicker();
        BodyBudget budget = new BodyBudget(4 * LARGE, ticker);
        List<String> met = new ArrayList<>();
        assertThat(budget.take(3 * LARGE, true)).isTrue();
        for (int i = 0; i < 10; i++) {
            claim(budget, LARGE, 2 * i + "", met);
            ticker.advance(Duration.ofMillis(101));
            claim(budget, LARGE, 2 * i + 1 + "", met);
            budget.giveBack(LARGE);
            budget.giveBack(LARGE);
            assertThat(met).endsWith(2 * i + "", 2 * i + 1 + "");
        }
    }

    private static BodyBudget.Claim claim(BodyBudget budget, long bytes, String name, List<String> met) {
        return Objects.requireNonNull(budget.claim(bytes, null, Long.MAX_VALUE, () -> met.add(name)));
    }

    @Test
    void no_more_wait_than_may() {
        BodyBudget budget = new BodyBudget(32 * 1024);
        assertThat(budget.take(24 * 1024, true)).isTrue();
        assertThat(budget.claim(1, null, Long.MAX_VALUE, () -> {})).isNotNull();
        assertThat(budget.claim(1, null, Long.MAX_VALUE, () -> {})).isNotNull();
        assertThat(budget.claim(1, null, Long.MAX_VALUE, () -> {})).isNull();
        assertThat(budget.counts().waiting()).isEqualTo(2);
    }

    /// Claims and those who give up race with what is given back; at the end nothing is held, and each was met or gave up.
    @Test
    void whatever_races_nothing_is_lost() throws Exception {
        BodyBudget budget = new BodyBudget(4L * 1024 * 1024);
        int threads = 4, each = 20_000;
        AtomicInteger met = new AtomicInteger(), gaveUp = new AtomicInteger(), refused = new AtomicInteger();
        List<Future<?>> runs = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            SplittableRandom random = new SplittableRandom(thread);
            runs.add(workers.submit(() -> {
                for (int i = 0; i < each; i++) {
                    long bytes = random.nextLong(1, 2L * 1024 * 1024);
                    BodyBudget.Claim claim = budget.claim(bytes, null, Long.MAX_VALUE, () -> {
                        met.incrementAndGet();
                        workers.execute(() -> budget.giveBack(bytes));
                    });
                    if (claim == null) refused.incrementAndGet();
                    else if (random.nextBoolean() && budget.giveUp(claim)) gaveUp.incrementAndGet();
                }
            }));
        }
        for (Future<?> run : runs) run.get(60, TimeUnit.SECONDS);
        StreamFixture.await(() -> met.get() + gaveUp.get() + refused.get() == threads * each
                && budget.counts().held() == 0);
        assertThat(budget.counts().waiting()).isZero();
        assertThat(met).hasPositiveValue();
        assertThat(gaveUp).hasPositiveValue();
    }

    @Test
    void small_bodies_have_an_end_too_and_probes_are_answered_all_along() throws Exception {
        open(setting(LONG).within(Within.limit(LONG)), new BodyBudget(2 * SMALL));
        try (RawClient first = client(); RawClient second = client(); RawClient third = client();
                RawClient probe = client()) {
            for (RawClient slow : List.of(first, second)) slow.write(head(ECHO, SMALL + 1) + "x".repeat(SMALL));
            awaitHeld(2 * SMALL);
            third.write(head(ECHO, SMALL) + "x");
            assertThat(third.read().status()).isEqualTo(503);
            assertThat(probe.send("GET", "/health", null).status()).isEqualTo(200);
            assertThat(listener.bodies().refused()).containsEntry(RequestClass.OTHER, 1L);
        }
        awaitHeld(0);
    }
}
