package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How soon the relay of a packaged image is ready, and how much memory it has taken when nobody asks it anything. Linux only,
/// since that tells the memory of a process.
final class Starts {
    private static final int FLAGS = 1_000;

    /// Starts that are not counted, until this side has its code compiled: it shares the processors with the one that starts.
    private static final int WARM_UP = 5;

    private static final String READY = "HTTP/1.1 200 ";

    /// One start.
    ///
    /// @param millis from the command to an answer of `/readyz` that says yes
    /// @param rss    resident memory in MB (1024 kB each, as the kernel counts) after it had nothing to do for a while
    record Start(long millis, long rss) {}

    /// @param starts in the order they were made
    record Outcome(List<Start> starts) {
        private static final long READY_MILLIS = 400;
        private static final long RSS = 120;

        Outcome {
            starts = List.copyOf(starts);
        }

        boolean kept() {
            return median(Start::millis) <= READY_MILLIS && median(Start::rss) <= RSS;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "%-6s %d starts with %d flags: ready after %d ms (%s; at most %d), idle with %d MB (%s; at most %d)",
                    kept() ? "kept" : "MISSED", starts.size(), FLAGS, median(Start::millis), range(Start::millis),
                    READY_MILLIS, median(Start::rss), range(Start::rss), RSS);
        }

        private long median(ToLongFunction<Start> of) {
            return starts.stream().mapToLong(of).sorted().toArray()[starts.size() / 2];
        }

        private String range(ToLongFunction<Start> of) {
            LongSummaryStatistics all = starts.stream().mapToLong(of).summaryStatistics();
            return all.getMin() + " to " + all.getMax();
        }
    }

    private Starts() {}

    /// @param image  made by `container/image`
    /// @param folder for files that can be thrown away
    /// @param idle   how long to do nothing before the memory is looked at
    static Outcome run(Path image, Path folder, int count, Duration idle) throws IOException {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), flags());
        for (int i = 0; i < WARM_UP; i++) start(image, folder, flags, Duration.ZERO);
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < count; i++) starts.add(start(image, folder, flags, idle));
        return new Outcome(starts);
    }

    private static Start start(Path image, Path folder, Path flags, Duration idle) throws IOException {
        Path config = Files.writeString(folder.resolve("goff-proxy.yaml"), """
                retriever: {kind: file, path: '%s'}
                server: {host: 127.0.0.1, port: 0}
                """.formatted(flags));
        long begun = System.nanoTime();
        try (ServerProcess relay = ServerProcess.start(
                List.of(image.resolve("bin/jackstaff").toString(), "serve", "--config", config.toString()))) {
            String answer = new String(Question.get("/readyz").answerOf(relay.port()), StandardCharsets.UTF_8);
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            if (!answer.startsWith(READY)) throw new IllegalStateException("not ready when it listened: " + answer);
            LockSupport.parkNanos(idle.toNanos());
            return new Start(millis, residentMegabytes(relay.pid()));
        }
    }

    private static long residentMegabytes(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            String line = lines.filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
    }

    private static String flags() {
        return IntStream.range(0, FLAGS).mapToObj(number -> """
                flag-%d:
                  variations: {"on": true, "off": false}
                  targeting:
                    - {name: pro, query: email ew "@example.com" and age gt 18, variation: "on"}
                  defaultRule: {percentage: {"on": 30, "off": 70}}
                  metadata: {owner: team-%d}
                """.formatted(number, number % 10)).collect(Collectors.joining());
    }
}
