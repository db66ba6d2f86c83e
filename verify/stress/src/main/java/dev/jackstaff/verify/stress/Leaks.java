package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.FailpointServer;
import dev.jackstaff.relay.http.FailpointServer.Action;
import dev.jackstaff.relay.http.FailpointServer.Mistake;
import dev.jackstaff.relay.http.FailpointServer.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// T21 of the design for deadlines: after load and a full collection nothing is left of it. Exchanges, timers, threads,
/// descriptors and permits of a relay in a process of its own are counted after one load and after many more of the same.
final class Leaks {
    private static final Pattern LINE = Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(\\S+)", Pattern.MULTILINE);
    private static final Pattern PERMITS_OUT =
            Pattern.compile("relay_permits\\{class=\"(?!metrics)[^\"]+\",state=\"out\"} ([0-9.]+)");

    /// What a request, a connection and a stream are made of; none may be left.
    private static final List<String> OF_REQUESTS =
            Stream.of("Exchange", "Handover", "Peer", "Feed", "Mailbox", "Deadline")
                    .map(name -> "dev.jackstaff.relay.http." + name)
                    .toList();

    /// Of these there are some at any time, and a few more or less by chance.
    private static final List<String> OF_ALL = List.of(
            "io.netty.util.concurrent.ScheduledFutureTask",
            "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask",
            "java.lang.ThreadBuilders$BoundVirtualThread", "java.lang.VirtualThread", "java.lang.Thread",
            "io.netty.channel.socket.nio.NioSocketChannel");
    private static final String DESCRIPTORS = "descriptors";
    private static final int BY_CHANCE = 10;
    private static final int PATIENCE_SECONDS = 90;

    private final ServerProcess server;
    private final Load load;

    private Leaks(ServerProcess server, Load load) {
        this.server = server;
        this.load = load;
    }

    @FunctionalInterface
    private interface Load {
        void ask(int number) throws IOException;
    }

    /// What a relay keeps of requests that are answered, refused, broken off, too late and too large, and of streams.
    static List<String> ofRelay(Path folder, int requests) throws IOException {
        Path flags = Files.writeString(folder.resolve("flags.yaml"),
                "beta: {variations: {\"on\": true}, defaultRule: {variation: \"on\"}}\n");
        String more = """
                authorizedKeys: {admin: [root]}
                deadline: {route: {collector: 1}}
                exporter: {kind: file, format: json, outputDir: '%s', flushInterval: 50}
                """.formatted(folder.resolve("events"));
        try (ServerProcess relay = RelayServer.start(Optional.empty(), folder, flags, more)) {
            int port = relay.port();
            List<String> findings = new ArrayList<>(
                    new Leaks(relay, number -> askRelay(port, number)).findings(requests, PATIENCE_SECONDS));
            try (Connection connection = Connection.to(port)) {
                connection.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
                Matcher out = PERMITS_OUT.matcher(connection.answer());
                int classes = 0;
                for (; out.find(); classes++)
                    if (Double.parseDouble(out.group(1)) != 0) findings.add("permits are out: " + out.group());
                if (classes == 0) findings.add("no permits in the metrics");
            }
            return findings;
        }
    }

    /// The same of a server whose handlers keep what they are given.
    static List<String> planted(Path folder, int requests) throws IOException {
        try (ServerProcess server = ServerProcess.start(
                Optional.empty(), FailpointServer.class, Point.AFTER_START.name(), Action.PAUSE.name(), "0",
                Mistake.KEPT.name(), folder.resolve("effects").toString())) {
            int port = server.port();
            return new Leaks(server, number -> {
                try (Connection connection = Connection.to(port)) {
                    connection.send(post(FailpointServer.WAITING, Integer.toString(number)));
                    String _ = connection.answer();
                }
            }).findings(requests, 0);
        }
    }

    private List<String> findings(int requests, int patienceSeconds) throws IOException {
        for (int number = 0; number < requests; number++) load.ask(number);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        while (isAtWork() && System.nanoTime() - end < 0) LockSupport.parkNanos(10_000_000);
        Map<String, Integer> before = counts();
        for (int number = 0; number < 2 * requests; number++) load.ask(number);
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        List<String> more = more(before, counts());
        while (!more.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(10_000_000);
            more = more(before, counts());
        }
        return more;
    }

    private boolean isAtWork() throws IOException {
        Map<String, Integer> now = counts();
        return OF_REQUESTS.stream().anyMatch(name -> now.getOrDefault(name, 0) > 0);
    }

    private static List<String> more(Map<String, Integer> before, Map<String, Integer> after) {
        List<String> more = new ArrayList<>();
        for (String name : OF_REQUESTS) {
            int left = after.getOrDefault(name, 0);
            if (left > 0) more.add(left + " " + name + " are left");
        }
        Stream.concat(OF_ALL.stream(), Stream.of(DESCRIPTORS)).forEach(name -> {
            int was = before.getOrDefault(name, 0), is = after.getOrDefault(name, 0);
            if (is > was + BY_CHANCE) more.add(is + " " + name + ", and there were " + was);
        });
        return more;
    }

    /// Of live objects, by class, after a full collection; and of open descriptors.
    private Map<String, Integer> counts() throws IOException {
        Process jcmd = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(server.pid()),
                "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Integer> counts = new HashMap<>();
        Matcher line = LINE.matcher(histogram);
        while (line.find()) counts.put(line.group(2), Integer.valueOf(line.group(1)));
        if (counts.isEmpty()) throw new IOException("no histogram: " + histogram);
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            counts.put(DESCRIPTORS, (int) descriptors.count());
        }
        return counts;
    }

    private static void askRelay(int port, int number) throws IOException {
        try (Connection connection = Connection.to(port)) {
            switch (number % 10) {
                case 0, 1 -> {
                    for (int i = 0; i < 3; i++) answer(connection, evaluation(number, ""));
                }
                case 2 -> answer(connection, post("/ofrep/v1/evaluate/flags/beta", "no JSON"));
                case 3 -> answer(connection, "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
                case 4 -> {
                    String whole = evaluation(number, "");
                    connection.send(whole.substring(0, whole.length() - 5));
                    connection.reset();
                }
                case 5 -> answer(connection, evaluation(number, "grpc-timeout: 1n\r\n"));
                case 6 -> answer(connection, post("/v1/data/collector", Shutdown.batch("user-" + number, 500)));
                case 7 -> answer(connection, post("/admin/v1/retriever/refresh", "X-API-Key: root\r\n", ""));
                case 8 -> {
                    connection.send("GET /stream/v1/sse/flag/change HTTP/1.1\r\nHost: a\r\n\r\n");
                    String _ = connection.head();
                    if (number % 20 == 8) connection.reset();
                }
                default ->
                        answer(connection, "POST /v1/allflags HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n");
            }
        }
    }

    private static void answer(Connection connection, String request) throws IOException {
        connection.send(request);
        String _ = connection.answer();
    }

    private static String evaluation(int number, String headers) {
        return post("/ofrep/v1/evaluate/flags/beta", headers,
                "{\"context\":{\"targetingKey\":\"user-" + number + "\"}}");
    }

    private static String post(String path, String body) {
        return post(path, "", body);
    }

    /// @param headers whole lines
    private static String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
