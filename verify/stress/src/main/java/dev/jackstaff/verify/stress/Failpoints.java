package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.FailpointServer;
import dev.jackstaff.relay.http.FailpointServer.Action;
import dev.jackstaff.relay.http.FailpointServer.Failpoint;
import dev.jackstaff.relay.http.FailpointServer.Mistake;
import dev.jackstaff.relay.http.FailpointServer.Point;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// T20 of the design for deadlines: whatever takes long, throws or ends the process, wherever in the path of a request, each
/// request gets its own answer or none, an effect is had once and only with its answer, and everything else goes on.
final class Failpoints {
    private static final int CALLERS = 4, EVERY = 7, PATIENCE_SECONDS = 60, MOST_TRIES = 50;
    private static final Set<Integer> REFUSALS = Set.of(500, 503, 504);
    private static final int CLOSED = 0;

    private final int requests;
    private final Map<String, Integer> answered = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    private Failpoints(int requests) {
        this.requests = requests;
    }

    /// Every point with both actions in this process, and with `KILL` in one of its own.
    ///
    /// @param rounds of each
    /// @return 1 when something was found that must not be, or what was planted was not
    static int run(Path folder, int rounds, PrintStream out) throws IOException {
        int hits = 0;
        for (Planted planted : Planted.values())
            if (planted.findings(folder).isEmpty()) {
                out.println("planted and not found: " + planted);
                return 1;
            }
        for (int round = 0; round < rounds; round++)
            for (Point point : Point.values())
                for (Action action : Action.values()) {
                    Failpoint failpoint = new Failpoint(point, action, EVERY + round, Mistake.NONE);
                    List<String> findings = findings(failpoint, folder, 200);
                    hits++;
                    if (findings.isEmpty()) continue;
                    out.println(failpoint + ": " + findings);
                    return 1;
                }
        List<String> ofRelay = KilledRelay.findings(Files.createTempDirectory(folder, "relay"), 1_000);
        if (!ofRelay.isEmpty()) {
            out.println("a relay that was killed: " + ofRelay);
            return 1;
        }
        out.println(
                hits + " runs of " + Point.values().length + " points, with a pause, an exception and the end of the"
                        + " process: each answer is its request's own, and each effect an answer's");
        return 0;
    }

    /// A mistake for each action, which has to be found.
    enum Planted {
        PAUSE,
        THROW,
        KILL,
        UNFRAMED;

        List<String> findings(Path folder) throws IOException {
            return Failpoints.findings(switch (this) {
                case PAUSE -> new Failpoint(Point.BEFORE_OFFER, Action.PAUSE, 2, Mistake.SHARED_ANSWER);
                case THROW -> new Failpoint(Point.BEFORE_START, Action.THROW, EVERY, Mistake.LOST_TASK);
                case KILL -> new Failpoint(Point.AFTER_LAST_BYTE, Action.KILL, 50, Mistake.LATE_EFFECT);
                case UNFRAMED -> new Failpoint(Point.BETWEEN_BYTES, Action.KILL, 50, Mistake.UNFRAMED);
            }, folder, 200);
        }
    }

    /// @param folder   for files
    /// @param requests in all
    static List<String> findings(Failpoint failpoint, Path folder, int requests) throws IOException {
        Failpoints run = new Failpoints(requests);
        if (failpoint.action() == Action.KILL) run.inAProcess(failpoint, folder);
        else
            run.inHere(failpoint);
        return List.copyOf(run.findings);
    }

    private void inHere(Failpoint failpoint) throws IOException {
        try (FailpointServer server = FailpointServer.open(failpoint)) {
            if (failpoint.point() == Point.BETWEEN_BYTES) askBetween(server.port(), failpoint.action());
            else {
                askAll(server.port(), false);
                if (server.happened() == 0) findings.add("nothing has happened");
            }
            server.calm();
            awaitRest(server, failpoint.mistake() == Mistake.NONE ? PATIENCE_SECONDS : 1);
            List<String> imbalance = server.imbalance(asked.get());
            findings.addAll(imbalance);
            compare(server.effects());
            if (imbalance.isEmpty()) askAsEver(server.port());
        }
    }

    /// Workers that are late end when they end.
    private void awaitRest(FailpointServer server, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!server.imbalance(asked.get()).isEmpty() && System.nanoTime() - end < 0)
            LockSupport.parkNanos(1_000_000);
    }

    private void askAsEver(int port) throws IOException {
        for (int i = 0; i < 2 * CALLERS; i++)
            for (String path : List.of(FailpointServer.INLINE, FailpointServer.WAITING))
                try (Connection connection = Connection.to(port)) {
                    int status = ask(connection, path, "calm-" + path.length() + "-" + i, false);
                    if (status != 200 && status != 504 && status != 503) findings.add("afterwards " + status);
                }
    }

    private void inAProcess(Failpoint failpoint, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "effects", "");
        try (ServerProcess server = ServerProcess.start(
                Optional.empty(), FailpointServer.class, failpoint.point().name(), failpoint.action().name(),
                Integer.toString(failpoint.every()), failpoint.mistake().name(), file.toString())) {
            if (failpoint.point() == Point.BETWEEN_BYTES) killBetween(server, failpoint.every());
            else {
                askAll(server.port(), true);
                int code = server.exit();
                if (code != FailpointServer.KILLED) findings.add("exit code " + code);
            }
        }
        Map<String, Integer> effects = new HashMap<>();
        for (String id : Files.readAllLines(file)) effects.merge(id, 1, Integer::sum);
        compare(effects);
    }

    /// Others are asked while two answers are half read, one of them compressed. Then these are read to their ends, or their
    /// connections are torn down.
    private void askBetween(int port, Action action) throws IOException {
        try (HalfAnswer plain = half(port, "half-plain", false);
                HalfAnswer compressed = half(port, "half-compressed", true)) {
            askAll(port, false);
            if (action == Action.PAUSE) {
                for (HalfAnswer half : List.of(plain, compressed))
                    if (half.finish() != HalfAnswer.State.WHOLE) findings.add("an answer was not sent to its end");
                compare(plain, "half-plain");
                compare(compressed, "half-compressed");
            } else {
                plain.reset();
                compressed.reset();
            }
        }
    }

    /// The process is killed (SIGKILL) while two answers are half read and so many requests have come.
    private void killBetween(ServerProcess server, int requests) throws IOException {
        int port = server.port();
        try (ExecutorService runner = Executors.newVirtualThreadPerTaskExecutor();
                HalfAnswer plain = half(port, "half-plain", false);
                HalfAnswer compressed = half(port, "half-compressed", true)) {
            var _ = runner.submit(() -> askAll(port, true));
            while (asked.get() < requests) LockSupport.parkNanos(1_000_000);
            server.kill();
            for (HalfAnswer half : List.of(plain, compressed))
                if (half.finish() != HalfAnswer.State.CUT) findings.add("half an answer looks whole");
        }
    }

    private HalfAnswer half(int port, String id, boolean compressed) throws IOException {
        String request = "POST " + FailpointServer.LARGE + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + id.length()
                + "\r\n" + (compressed ? "Accept-Encoding: gzip\r\n" : "") + "\r\n" + id;
        for (int tries = 1;; tries++) {
            asked.incrementAndGet();
            HalfAnswer half = HalfAnswer.begin(port, request);
            answered.put(id, half.status());
            if (half.status() == 200) {
                if (half.state() != HalfAnswer.State.OPEN) findings.add(id + " was whole too soon");
                return half;
            }
            half.close();
            if (tries == MOST_TRIES || !REFUSALS.contains(half.status()))
                throw new IOException(id + " was answered " + half.status());
        }
    }

    private void compare(HalfAnswer half, String id) throws IOException {
        if (!Arrays.equals(half.content(), FailpointServer.large(id)))
            findings.add(id + " was answered with something else");
    }

    /// @param ends whether the server ends on the way; then answers may be cut, and the callers end, too
    private void askAll(int port, boolean ends) {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asking = new ArrayList<>();
            for (int number = 0; number < CALLERS; number++) {
                int caller = number;
                asking.add(callers.submit(() -> call(port, caller, ends)));
            }
            for (Future<?> caller : asking) caller.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            findings.add("a caller did not end: " + e);
        }
    }

    private void call(int port, int caller, boolean ends) {
        int next = 0;
        while (ends || next < requests / CALLERS) {
            try (Connection connection = Connection.to(port)) {
                int status = 200;
                while (status != CLOSED && (ends || next < requests / CALLERS)) {
                    String path = (next + caller) % 2 == 0 ? FailpointServer.INLINE : FailpointServer.WAITING;
                    status = ask(connection, path, "id-" + caller + "-" + next++, ends);
                }
            } catch (ConnectException e) {
                if (!ends) findings.add("nobody listens");
                return;
            } catch (IOException e) {
                if (!ends) findings.add("a connection that cannot be made or closed: " + e);
            }
        }
    }

    /// @return the status; [#CLOSED] without an answer
    private int ask(Connection connection, String path, String id, boolean mayBeCut) {
        asked.incrementAndGet();
        int status = CLOSED;
        try {
            connection
                    .send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + id.length() + "\r\n\r\n" + id);
            String answer = connection.answer();
            status = Integer.parseInt(answer, "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            if (status == 200 && !body.equals(id)) findings.add(id + " was answered " + body);
            if (status != 200 && (!REFUSALS.contains(status) || body.contains("id-")))
                findings.add(id + " was answered " + status + " " + body);
        } catch (EOFException e) {
            if (!mayBeCut) findings.add("the answer to " + id + " was cut short");
        } catch (java.net.SocketTimeoutException e) {
            findings.add("no answer to " + id);
        } catch (IOException e) {
            // Closed without an answer.
        }
        answered.put(id, status);
        return status;
    }

    private void compare(Map<String, Integer> effects) {
        answered.forEach((id, status) -> {
            int had = effects.getOrDefault(id, 0);
            boolean right = status == 200 ? had == 1 : status == CLOSED ? had <= 1 : had == 0;
            if (!right) findings.add(id + " was answered " + status + " and had " + had + " effects");
        });
    }
}
