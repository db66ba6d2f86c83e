package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.config.DeadlineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The relay's listener with a place in the path of its requests at which, now and then, something happens: it takes long, it
/// throws, or the process ends. Handlers of both kinds answer with the id in the body of their request, and have an effect.
///
/// The places are those where the listener calls what it is given: its gatekeeper, its workers, its handlers, their effects,
/// its decorators and its observers. So nothing in the relay is there for this.
public final class FailpointServer implements AutoCloseable {
    public static final String INLINE = "/v1/inline", WAITING = "/admin/v1/waiting";

    /// Answers with [#large].
    public static final String LARGE = "/v1/large";

    private static final int FILLING = 8 * 1024 * 1024; // more than a system holds of what is not taken

    /// The exit code of a process that was ended on purpose.
    public static final int KILLED = 42;

    private static final Duration LIMIT = Duration.ofMillis(40), SHORT = Duration.ofMillis(15), LONG =
            Duration.ofMillis(60);
    private static final Duration LATER = Duration.ofMillis(5);
    private static final int PERMITS = 32;

    /// Where something happens.
    public enum Point {
        BEFORE_ADMIT,
        AFTER_ADMIT,
        BEFORE_START,
        AFTER_START,
        BEFORE_OFFER,
        AFTER_OFFER,
        BEFORE_EFFECT,
        AFTER_EFFECT,
        BEFORE_FIRST_BYTE,
        /// The listener calls nobody there: it is the client, or the system, that does something.
        BETWEEN_BYTES,
        AFTER_LAST_BYTE
    }

    /// What happens.
    public enum Action {
        PAUSE,
        THROW,
        KILL
    }

    /// What is planted, to be found.
    public enum Mistake {
        NONE,
        /// Handlers answer with the id that came last.
        SHARED_ANSWER,
        /// Workers that do not run what they have taken.
        LOST_TASK,
        /// Handlers that wait keep what they were given.
        KEPT,
        /// The effect is had some time after the answer was chosen.
        LATE_EFFECT,
        /// Another server, whose answers end where the connection does.
        UNFRAMED
    }

    /// @param every so many times it is reached; 0 for never
    public record Failpoint(Point point, Action action, int every, Mistake mistake) {}

    /// Without a stack, since each is logged.
    private static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1;

        OnPurpose() {
            super("on purpose", null, false, false);
        }
    }

    private final Failpoint failpoint;
    private final @Nullable FileChannel file;
    private final Map<String, Integer> effects = new ConcurrentHashMap<>();
    private final AtomicInteger reached = new AtomicInteger(), happened = new AtomicInteger();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().uncaughtExceptionHandler((_, _) -> {}).factory());
    private final Offload offload = new Offload(this::execute, PERMITS);
    private final Listener listener;
    private final Queue<Waiting> kept = new ConcurrentLinkedQueue<>();
    private volatile boolean over; // writer: who tests
    private volatile String last = ""; // writer: handlers, with a mistake

    private FailpointServer(Failpoint failpoint, @Nullable FileChannel file) throws IOException {
        this.failpoint = failpoint;
        this.file = file;
        Listener.Setting setting = new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT)
                .within(new Deadlines(new DeadlineConfig(
                        LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, Duration.ZERO, Duration.ZERO, List.of(), 1, true,
                        List.of())))
                .compressing();
        List<Route> routes = List.of(
                Route.FlagRoute.post(INLINE, Or::next, call -> handle(call.request(), false)),
                Route.FlagRoute.post(LARGE, Or::next, call -> handle(call.request(), true)),
                new Route.AdminRoute(WAITING, offload, (call, waiting) -> {
                    if (failpoint.mistake == Mistake.KEPT) kept.add(waiting);
                    return handle(call.request(), false);
                }));
        listener = Listener.open(
                setting, new Gate(), routes, List.of(_ -> reach(Point.AFTER_LAST_BYTE)), List.of(new Dress()));
    }

    public static FailpointServer open(Failpoint failpoint) throws IOException {
        return new FailpointServer(failpoint, null);
    }

    /// The same as a process.
    ///
    /// @param arguments point, action, every, mistake, and a file that gets a line for each effect
    public static void main(String[] arguments) throws IOException {
        Failpoint failpoint = new Failpoint(
                Point.valueOf(arguments[0]), Action.valueOf(arguments[1]), Integer.parseInt(arguments[2]),
                Mistake.valueOf(arguments[3]));
        if (failpoint.mistake == Mistake.UNFRAMED) UnframedServer.serve();
        FailpointServer server = new FailpointServer(failpoint, FileChannel.open(
                Path.of(arguments[4]), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        System.err.println("{\"msg\":\"listening\",\"port\":" + server.port() + "}");
        while (true) LockSupport.park();
    }

    public int port() {
        return listener.port();
    }

    /// How often something has happened.
    public int happened() {
        return happened.get();
    }

    /// From here on nothing happens.
    public void calm() {
        over = true;
    }

    /// How often each effect was had that was chosen, by id.
    public Map<String, Integer> effects() {
        return Map.copyOf(effects);
    }

    /// What does not hold at rest: I10 and I11.
    ///
    /// @param asked requests in all
    public List<String> imbalance(int asked) {
        List<String> findings = new ArrayList<>();
        Offload.Counts counts = offload.counts();
        if (counts.free() != PERMITS) findings.add("permits home: " + counts);
        long verdicts = counts.answered() + counts.failed() + counts.expired() + counts.gone() + counts.draining();
        if (counts.started() != verdicts) findings.add("started is not the sum of the verdicts: " + counts);
        if (counts.started() != counts.answered() + counts.failed() + counts.late())
            findings.add("each worker offers once, but not in " + counts);
        long counted = listener.accounts().lines().stream().mapToLong(Accounts.Line::requests).sum();
        boolean unread = failpoint.action == Action.THROW
                && (failpoint.point == Point.BEFORE_ADMIT || failpoint.point == Point.AFTER_ADMIT);
        long read = unread ? asked - happened.get() : asked;
        if (counted != read) findings.add(read + " requests were read, and " + counted + " counted");
        return findings;
    }

    private void reach(Point point) {
        if (over || point != failpoint.point || failpoint.every == 0) return;
        if (reached.incrementAndGet() % failpoint.every != 0) return;
        boolean isLong = happened.incrementAndGet() % 2 == 0; // beyond the deadline
        switch (failpoint.action) {
            case PAUSE -> LockSupport.parkNanos((isLong ? LONG : SHORT).toNanos());
            case THROW -> throw new OnPurpose();
            case KILL -> Runtime.getRuntime().halt(KILLED);
        }
    }

    private Response handle(Request request, boolean large) {
        reach(Point.AFTER_START);
        Body body = request.body();
        String id = body == null ? "" : new String(body.copy(), StandardCharsets.UTF_8);
        last = id;
        reach(Point.BEFORE_OFFER);
        String told = failpoint.mistake == Mistake.SHARED_ANSWER ? last : id;
        return Response.of("text/plain", Body.adopting(large ? large(told) : told.getBytes(StandardCharsets.UTF_8)))
                .entailing(() -> effect(id));
    }

    /// The id in front of and behind what is the same for all, and which cannot be compressed.
    public static byte[] large(String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8), large = new byte[name.length + FILLING + name.length];
        System.arraycopy(name, 0, large, 0, name.length);
        System.arraycopy(Filling.BYTES, 0, large, name.length, FILLING);
        System.arraycopy(name, 0, large, name.length + FILLING, name.length);
        return large;
    }

    /// Made when it is first needed.
    private static final class Filling {
        private static final byte[] BYTES = new byte[FILLING];

        static {
            new SplittableRandom(FILLING).nextBytes(BYTES);
        }
    }

    private void effect(String id) {
        if (failpoint.mistake == Mistake.LATE_EFFECT)
            Thread.startVirtualThread(() -> {
                LockSupport.parkNanos(LATER.toNanos());
                note(id);
            });
        if (failpoint.action != Action.THROW) reach(Point.BEFORE_EFFECT);
        if (failpoint.mistake != Mistake.LATE_EFFECT) note(id);
        if (failpoint.action == Action.THROW) reach(Point.BEFORE_EFFECT);
        reach(Point.AFTER_EFFECT);
    }

    private void note(String id) {
        effects.merge(id, 1, Integer::sum);
        if (file == null) return;
        try {
            int _ = file.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void execute(Runnable task) {
        boolean throwsNow = failpoint.action == Action.THROW;
        if (throwsNow && failpoint.mistake != Mistake.LOST_TASK) reach(Point.BEFORE_START);
        Executor executor = workers;
        executor.execute(() -> {
            if (!throwsNow || failpoint.mistake == Mistake.LOST_TASK) reach(Point.BEFORE_START);
            task.run();
            reach(Point.AFTER_OFFER);
        });
    }

    private final class Gate extends EveryoneIn {
        @Override
        <T> Or<T> through(T caller) {
            reach(Point.BEFORE_ADMIT);
            Or<T> admitted = super.through(caller);
            reach(Point.AFTER_ADMIT);
            return admitted;
        }
    }

    private final class Dress implements Decorator {
        @Override
        public Set<String> owns() {
            return Set.of();
        }

        @Override
        public List<Header> headersFor(Head head) {
            if (!head.path().isEmpty()) reach(Point.BEFORE_FIRST_BYTE);
            return List.of();
        }
    }

    @Override
    public void close() {
        listener.close();
        workers.shutdown();
    }
}
