package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// T20 for the whole relay: it is killed (SIGKILL) between the first and the last byte of a large answer, while others are asked
/// and events are exported, and started again. The answer is seen to be cut; each event that was exported is whole, there once
/// and of a request that was made; and the next relay goes on where this one has ended.
final class KilledRelay {
    private static final int CALLERS = 4, LATER = 50, FLAGS = 400, VALUE = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern EVENT = Pattern.compile("\\{.*\"userKey\":\"([^\"]+)\".*}");

    private final Path folder;
    private final Set<String> asked = ConcurrentHashMap.newKeySet(), answered = ConcurrentHashMap.newKeySet();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();

    private KilledRelay(Path folder) {
        this.folder = folder;
    }

    /// @param folder  empty; for all that is needed
    /// @param answers that have come at least before it is killed
    static List<String> findings(Path folder, int answers) throws IOException {
        KilledRelay run = new KilledRelay(folder);
        run.run(answers);
        return List.copyOf(run.findings);
    }

    private void run(int answers) throws IOException {
        Path config = config();
        try (ServerProcess relay = RelayServer.start(config);
                HalfAnswer half = HalfAnswer.begin(relay.port(), all());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            if (half.status() != 200 || half.state() != HalfAnswer.State.OPEN)
                findings.add("all flags: " + half.status() + " " + half.state());
            List<Future<?>> load = new ArrayList<>();
            int port = relay.port();
            for (int number = 0; number < CALLERS; number++) {
                int caller = number;
                load.add(callers.submit(() -> call(port, caller)));
            }
            await(() -> answered.size() >= answers && hasExported());
            relay.kill();
            if (half.finish() != HalfAnswer.State.CUT) findings.add("half an answer looks whole");
            for (Future<?> caller : load) caller.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | InterruptedException
                | java.util.concurrent.TimeoutException e) {
            findings.add("a caller did not end: " + e);
        }
        again(config);
        Map<String, Integer> exported = users();
        exported.forEach((user, times) -> {
            if (times > 1) findings.add(times + " events of " + user);
            if (!asked.contains(user)) findings.add("who is " + user);
        });
        for (int i = 0; i < LATER; i++) if (!exported.containsKey("later-" + i)) findings.add("no event of later-" + i);
    }

    /// The next relay, with the same folders, which is told to stop.
    private void again(Path config) throws IOException {
        try (ServerProcess relay = RelayServer.start(config)) {
            try (Connection connection = Connection.to(relay.port())) {
                for (int i = 0; i < LATER; i++) ask(connection, "later-" + i);
            }
            int code = relay.terminate();
            if (code != 0) findings.add("exit code " + code + " after " + relay.lines());
        }
    }

    /// Until the relay has gone.
    private void call(int port, int number) {
        try (Connection connection = Connection.to(port)) {
            for (int next = 0;; next++) ask(connection, "user-" + number + "-" + next);
        } catch (IOException e) {
            // It was killed.
        }
    }

    private void ask(Connection connection, String id) throws IOException {
        asked.add(id);
        String body = "{\"context\":{\"targetingKey\":\"" + id + "\"}}";
        connection
                .send("POST /ofrep/v1/evaluate/flags/beta HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        String answer = connection.answer();
        if (answer.startsWith("HTTP/1.1 200") && answer.contains("\"value\":true")) answered.add(id);
        else if (!answer.startsWith("HTTP/1.1 503")) findings.add(id + " was answered " + answer);
    }

    private static String all() {
        String body = "{\"context\":{\"targetingKey\":\"half\"}}";
        return "POST /ofrep/v1/evaluate/flags HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private Path config() throws IOException {
        String large = "v".repeat(VALUE);
        Path flags = Files.writeString(folder.resolve("flags.json"),
                IntStream.range(0, FLAGS)
                        .mapToObj(i -> "\"large-" + i + "\":{\"variations\":{\"a\":\"" + large + i
                                + "\"},\"defaultRule\":{\"variation\":\"a\"}}")
                        .collect(Collectors.joining(",",
                                "{\"beta\":{\"variations\":{\"on\":true},\"defaultRule\":{\"variation\":\"on\"}},",
                                "}")));
        return Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {host: 127.0.0.1, port: 0}
                hideBanner: true
                retriever: {kind: file, path: '%s'}
                fileFormat: json
                exporter: {kind: file, format: json, outputDir: '%s', flushInterval: 20}
                """.formatted(flags, folder.resolve("events")));
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) throw new IOException("what was awaited did not come");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean hasExported() throws IOException {
        Path events = folder.resolve("events");
        if (!Files.exists(events)) return false;
        try (Stream<Path> files = Files.list(events)) {
            return files.findAny().isPresent();
        }
    }

    /// How many events each has, as the files say.
    private Map<String, Integer> users() throws IOException {
        Map<String, Integer> users = new HashMap<>();
        Path events = folder.resolve("events");
        if (!Files.exists(events)) return users;
        try (Stream<Path> files = Files.list(events)) {
            for (Path file : files.toList())
                for (String line : Files.readAllLines(file)) {
                    Matcher event = EVENT.matcher(line);
                    if (event.matches()) users.merge(event.group(1), 1, Integer::sum);
                    else
                        findings.add("no event: " + line);
                }
        }
        return users;
    }
}
