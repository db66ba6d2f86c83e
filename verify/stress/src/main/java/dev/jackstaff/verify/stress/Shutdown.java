package dev.jackstaff.verify.stress;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// T18 of the design for deadlines: a relay in a process of its own that is told to stop (SIGTERM) while requests come.
///
/// Each request has an id, which is the user of the events that it leaves behind. An evaluation's event is recorded exactly
/// where its answer is sent, so an event without an answer is a caller who was accepted and left alone, and an answer without
/// one an event that was lost. Collected events that were answered 200 are exported once; others once at most.
final class Shutdown {
    private static final int CALLERS = 8, CALLERS_PER_NEWCOMER = 4;
    private static final int SMALL_BATCHES = 10, LARGE_BATCHES = 1; // of 100 requests
    private static final int LARGE = 500; // events, more than 64 KiB
    private static final int SIGNALLED = 143, NO_JVM = 1; // exit codes of what SIGTERM ends
    private static final int FIRST_PORT = 20_000, LAST_PORT = 32_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
    private static final Pattern USER = Pattern.compile("\"userKey\":\"([^\"]+)\"");
    private static final String REFUSAL = "\"msg\":\"Server error\""; // in the access log
    private static final String EVALUATE = "/ofrep/v1/evaluate/flags/beta", COLLECT = "/v1/data/collector";

    /// How the relay listens, and how it is spoken to.
    enum Mode {
        PORT,
        MONITORING_PORT,
        UNIX_SOCKET,
        /// HTTP/1.1 over TLS.
        TLS,
        /// Over TLS.
        HTTP2
    }

    enum End {
        /// SIGTERM.
        ONCE,
        /// Two of them.
        TWICE,
        /// SIGTERM while it starts. Callers try from the beginning.
        EARLY,
        /// SIGKILL: planted, what waits for the exporters goes down with the process.
        KILLED
    }

    /// @param answers that have come before it is told to stop; none if it is early
    /// @param moment  that passes then; from its command on if it is early
    record Plan(Mode mode, End end, int answers, Duration moment, long seed) {}

    /// What came of it.
    ///
    /// @param answered 200
    /// @param refused  other answers
    /// @param lost     requests that nobody took
    /// @param start    how long it took until it listened; zero if nobody waited for that
    /// @param findings what must not be
    record Outcome(long answered, long refused, long lost, Duration start, List<String> findings) {
        Outcome {
            findings = List.copyOf(findings);
        }
    }

    /// What many runs have in common. Immutable.
    ///
    /// @param image made by `container/image`; null for the classes of this build
    /// @param key   of every relay with TLS
    record Site(@Nullable Path image, SelfSigned key) {
        /// @param folder for what is needed on the way
        static Site in(Path folder, @Nullable Path image) throws IOException {
            try {
                return new Site(image, SelfSigned.in(folder));
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }

        ServerProcess start(Path config) throws IOException {
            return image == null
                    ? RelayServer.start(config)
                    : ServerProcess.start(
                            List.of(image.resolve("bin/jackstaff").toString(), "serve", "--config", config.toString()));
        }
    }

    private enum Fate {
        ANSWERED,
        REFUSED,
        /// Cut off, or answered 504.
        UNKNOWN
    }

    private record Asked(boolean collects, int events, Fate fate) {}

    @FunctionalInterface
    private interface Line extends AutoCloseable {
        /// @return the status
        /// @throws EOFException     when the answer is cut off
        /// @throws ConnectException when there is nobody
        /// @throws IOException      without an answer
        int ask(String path, String body) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    private final Path folder;
    private final Plan plan;
    private final Site site;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();
    private final Queue<HttpClient> clients = new ConcurrentLinkedQueue<>();
    private final AtomicLong answers = new AtomicLong();
    private @Nullable SSLContext tls; // one for all callers, so that handshakes after the first are short
    private volatile boolean hasEnded; // the relay; writer: who told it to
    private int port;
    private Duration start = Duration.ZERO;

    private Shutdown(Path folder, Plan plan, Site site) {
        this.folder = folder;
        this.plan = plan;
        this.site = site;
    }

    /// @param folder empty; for all that is needed
    static Outcome run(Path folder, Plan plan, Site site) throws IOException, GeneralSecurityException {
        return new Shutdown(folder, plan, site).run();
    }

    private Outcome run() throws IOException, GeneralSecurityException {
        try (ServerProcess relay = start();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> load = new ArrayList<>();
            for (int number = 0; number < CALLERS; number++) {
                int caller = number;
                load.add(callers.submit(() -> call(caller)));
            }
            if (plan.end != End.EARLY) awaitAnswers(load);
            LockSupport.parkNanos(plan.moment.toNanos());
            if (plan.mode == Mode.HTTP2 || plan.end != End.ONCE) end(relay);
            else
                endWithOthers(relay);
            // The process is gone, which this client does not always notice.
            clients.forEach(HttpClient::shutdownNow);
            for (Future<?> caller : load) end(caller);
        }
        compare();
        Map<Fate, Long> sums = asked.values()
                .stream()
                .collect(Collectors.groupingBy(Asked::fate, Collectors.counting()));
        return new Outcome(sums.getOrDefault(Fate.ANSWERED, 0L), sums.getOrDefault(Fate.REFUSED, 0L),
                sums.getOrDefault(Fate.UNKNOWN, 0L), start, List.copyOf(findings));
    }

    private void awaitAnswers(List<Future<?>> load) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (answers.get() < plan.answers) {
            if (System.nanoTime() - end > 0 || load.stream().allMatch(Future::isDone))
                throw new IllegalStateException(
                        "no more than " + answers + " answers, " + findings + ", callers " + load);
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private void end(ServerProcess relay) {
        if (plan.end == End.KILLED) {
            relay.kill();
            return;
        }
        relay.signal();
        if (plan.end == End.TWICE) {
            String _ = relay.await(0, line -> line.contains("\"msg\":\"stopping\""));
            LockSupport.parkNanos(plan.moment.toNanos());
            relay.signal();
        }
        ended(relay);
    }

    /// One request is halfway when the relay is told to stop, and a stream of changes is open.
    private void endWithOthers(ServerProcess relay) throws IOException {
        try (Connection halfway = connect(); Connection stream = connect()) {
            stream.send("GET /stream/v1/sse/flag/change HTTP/1.1\r\nHost: relay\r\n\r\n");
            if (!stream.head().startsWith("HTTP/1.1 200")) findings.add("no stream");
            String body = evaluation("halfway");
            int half = body.length() / 2;
            halfway.send(head(EVALUATE, body, "Expect: 100-continue\r\n"));
            if (!halfway.head().startsWith("HTTP/1.1 100")) findings.add("halfway was not told to go on");
            halfway.send(body.substring(0, half));
            relay.signal();
            String _ = relay.await(0, line -> line.contains("\"msg\":\"stopping\""));
            halfway.send(body.substring(half));
            String answer = halfway.answer();
            if (!answer.startsWith("HTTP/1.1 200")) findings.add("halfway was answered " + answer);
            asked.put("halfway", new Asked(false, 1, Fate.ANSWERED));
            ended(relay);
        }
    }

    private void ended(ServerProcess relay) {
        int code = relay.exit();
        hasEnded = true;
        boolean right = code == 0 || (plan.end == End.EARLY && isNobodysEnd(code, relay.lines()));
        if (!right) findings.add("exit code " + code + " after " + relay.lines());
        for (String line : relay.lines())
            if (line.contains("\"level\":\"error\"") && !line.contains(REFUSAL)) findings.add("the relay said " + line);
    }

    /// Until it listens there is nothing to put in order, and it ends as any process. A JVM that is told while it makes itself ready
    /// says so on standard output, and ends with 1.
    private static boolean isNobodysEnd(int code, List<String> lines) {
        return (code == SIGNALLED && lines.stream().noneMatch(Shutdown::listens))
                || (code == NO_JVM && lines.isEmpty());
    }

    private static boolean listens(String line) {
        return line.contains("\"msg\":\"listening\"");
    }

    private void end(Future<?> caller) {
        try {
            caller.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            findings.add("a caller did not end: " + e);
        }
    }

    /// Asks until nobody takes its requests any more, or, of a relay that may not have started, until it has ended: on one connection as long as that lasts, or, every fourth caller, on a
    /// new one each time.
    private void call(int number) {
        SplittableRandom random = new SplittableRandom(plan.seed + number);
        for (int next = 0;;) {
            try (Line line = line()) {
                do ask(line, "user-" + number + "-" + next++, random.nextInt(100));
                while (number % CALLERS_PER_NEWCOMER != 0);
            } catch (ConnectException e) {
                if (plan.end != End.EARLY || hasEnded) return;
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            } catch (IOException e) {
                // The connection is closed: another one.
            }
        }
    }

    private void ask(Line line, String id, int kind) throws IOException {
        int events = kind < LARGE_BATCHES ? LARGE : 1;
        boolean collects = kind < LARGE_BATCHES + SMALL_BATCHES;
        asked.put(id, new Asked(collects, events, Fate.UNKNOWN));
        try {
            int status = line.ask(collects ? COLLECT : EVALUATE, collects ? batch(id, events) : evaluation(id));
            switch (status) {
                case 200 -> asked.put(id, new Asked(collects, events, Fate.ANSWERED));
                case 503 -> asked.put(id, new Asked(collects, events, Fate.REFUSED));
                case 504 -> {
                }
                default -> findings.add(id + " was answered " + status);
            }
            answers.incrementAndGet();
        } catch (EOFException e) {
            findings.add("the answer to " + id + " was cut short: " + e.getMessage());
            throw e;
        }
    }

    private static String evaluation(String id) {
        return "{\"context\":{\"targetingKey\":\"" + id + "\"}}";
    }

    /// What a client sends to the collector; users are `id`, or of several events `id#0` and so on.
    static String batch(String id, int events) {
        return IntStream.range(0, events)
                .mapToObj(i -> "{\"kind\":\"feature\",\"contextKind\":\"user\",\"userKey\":\""
                        + (events == 1 ? id : id + "#" + i)
                        + "\",\"creationDate\":1680246000,\"key\":\"beta\",\"variation\":\"on\",\"value\":true,\"default\":false}")
                .collect(Collectors.joining(",", "{\"meta\":{},\"events\":[", "]}"));
    }

    private static String request(String path, String json) {
        return head(path, json, "") + json;
    }

    private static String head(String path, String json, String more) {
        return "POST " + path + " HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + json.length() + "\r\n" + more + "\r\n";
    }

    private Line line() throws IOException {
        if (plan.mode == Mode.HTTP2) return http2();
        Connection connection = connect();
        return new Line() {
            @Override
            public int ask(String path, String body) throws IOException {
                connection.send(request(path, body));
                String answer = connection.answer();
                return Integer.parseInt(answer, "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    private Connection connect() throws IOException {
        try {
            return switch (plan.mode) {
                case PORT, MONITORING_PORT -> Connection.to(port);
                case UNIX_SOCKET -> Connection.to(socket());
                case TLS, HTTP2 -> Connection.over(secure(), port);
            };
        } catch (java.net.SocketException | java.nio.file.NoSuchFileException e) {
            throw e instanceof ConnectException refused ? refused : nobody(e);
        }
    }

    /// A Unix socket says so in its own way.
    private static ConnectException nobody(IOException e) {
        ConnectException nobody = new ConnectException(e.toString());
        nobody.initCause(e);
        return nobody;
    }

    private Line http2() {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(secure())
                .connectTimeout(PATIENCE)
                .build();
        clients.add(http);
        return new Line() {
            @Override
            public int ask(String path, String body) throws IOException {
                HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                try {
                    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                    if (answer.version() != HttpClient.Version.HTTP_2) findings.add("not HTTP/2");
                    return answer.statusCode();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() {
                http.shutdownNow();
            }
        };
    }

    private SSLContext secure() {
        if (tls == null) throw new IllegalStateException("without TLS");
        return tls;
    }

    private Path socket() {
        return folder.resolve("relay.sock");
    }

    private ServerProcess start() throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve("flags.yaml"),
                "beta: {variations: {\"on\": true}, defaultRule: {variation: \"on\"}}\n");
        port = plan.end == End.EARLY ? freePort() : 0;
        String address = "host: 127.0.0.1, port: " + port;
        String server = switch (plan.mode) {
            case PORT -> address;
            case MONITORING_PORT -> address + ", monitoringPort: " + freePort();
            case UNIX_SOCKET -> "mode: unixsocket, unixSocketPath: '" + socket() + "'";
            case TLS, HTTP2 -> {
                site.key.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
                tls = site.key.trusting();
                yield address + ", tls: {certFile: '" + folder.resolve("tls.crt") + "', keyFile: '"
                        + folder.resolve("tls.key") + "'}";
            }
        };
        Path config = Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {%s}
                hideBanner: true
                retriever: {kind: file, path: '%s'}
                exporter: {kind: file, format: json, outputDir: '%s', flushInterval: 3600000}
                """.formatted(server, folder.resolve("flags.yaml"), folder.resolve("events")));
        long begun = System.nanoTime();
        ServerProcess relay = site.start(config);
        if (plan.end == End.EARLY) return relay;
        String _ = relay.await(0, Shutdown::listens);
        start = Duration.ofNanos(System.nanoTime() - begun);
        port = plan.mode == Mode.UNIX_SOCKET ? 0 : relay.port();
        return relay;
    }

    /// Below those that the system gives to callers, who could take it again.
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                // Another one.
            }
        }
    }

    /// Events with answers.
    private void compare() throws IOException {
        Map<String, Integer> exported = new HashMap<>();
        usersOfEvents().forEach((user, times) -> {
            if (times > 1) findings.add(times + " events of " + user);
            int part = user.indexOf('#');
            exported.merge(part < 0 ? user : user.substring(0, part), 1, Integer::sum);
        });
        asked.forEach((id, request) -> {
            int events = exported.getOrDefault(id, 0);
            boolean right = switch (request.fate) {
                case ANSWERED -> events == request.events;
                case REFUSED -> events == 0;
                case UNKNOWN -> events == 0 || request.collects;
            };
            if (!right) findings.add(id + " has " + events + " events, and was " + request);
        });
        exported.keySet().stream().filter(id -> !asked.containsKey(id)).forEach(id -> findings.add("who is " + id));
    }

    private Map<String, Integer> usersOfEvents() throws IOException {
        Path events = folder.resolve("events");
        Map<String, Integer> users = new HashMap<>();
        if (!Files.exists(events)) return users;
        try (var files = Files.list(events)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher user = USER.matcher(line);
                    if (user.find()) users.merge(user.group(1), 1, Integer::sum);
                    else
                        findings.add("no user in " + line);
                }
            }
        }
        return users;
    }
}
