package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What one request costs the relay, beside the [BareServer] on the same transport that writes the same bytes. Keys are
/// asked for, metrics are counted and events are collected for an exporter, as in production.
///
/// Both are processes on core 0, the load comes from elsewhere. They take turns, so that what disturbs the machine disturbs
/// both.
final class RelayCpu {
    private static final int CONNECTIONS = 16;
    private static final int BULK_FLAGS = 300;
    private static final String KEY = "X-API-Key: a-key-of-the-stress-test";
    private static final Pattern ETAG = Pattern.compile("(?mi)^etag: (.*)$");

    /// How long to look.
    ///
    /// @param core   where both servers run; empty for anywhere
    /// @param warmUp requests before anything is measured
    /// @param rounds of each server
    /// @param round  requests in one
    record Effort(Optional<Integer> core, int warmUp, int rounds, int round) {
        Effort with(int divisor) {
            return new Effort(core, warmUp / divisor, rounds, round / divisor);
        }
    }

    /// What a request may cost: at most so many times the bare server's time, or so many microseconds.
    sealed interface Limit {
        record Times(double bare) implements Limit {}

        record Micros(double micros) implements Limit {}
    }

    /// Microseconds of CPU time a request.
    ///
    /// @param relay, bare the medians of their rounds
    /// @param answers     how many were compared byte for byte
    record Outcome(String what, Limit limit, double relay, double bare, long answers) {
        double ratio() {
            return relay / bare;
        }

        boolean kept() {
            return switch (limit) {
                case Limit.Times(double most) -> ratio() <= most;
                case Limit.Micros(double most) -> relay <= most;
            };
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "%-6s %-20s relay %8.2f us, bare server %8.2f us, ratio %.2f, %s  (%d answers compared)",
                    kept() ? "kept" : "MISSED", what, relay, bare, ratio(), switch (limit) {
                        case Limit.Times(double most) -> "at most " + most;
                        case Limit.Micros(double most) -> "at most " + most + " us";
                    }, answers);
        }
    }

    private final Effort effort;
    private final PrintStream progress;

    RelayCpu(Effort effort, PrintStream progress) {
        this.effort = effort;
        this.progress = progress;
    }

    /// @param folder for files that can be thrown away
    List<Outcome> run(Path folder) throws IOException {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), flags());
        List<Outcome> outcomes = new ArrayList<>(inProduction(folder, flags));
        try (ServerProcess relay = RelayServer.start(effort.core, folder, flags, "")) {
            outcomes.add(compare("the request model", new Limit.Times(1.15),
                    Question.post("/ofrep/v1/evaluate/flags/flag-1", context()), relay, folder, effort,
                    flags.toString()));
        }
        return outcomes;
    }

    private List<Outcome> inProduction(Path folder, Path flags) throws IOException {
        Path events = Files.createDirectory(folder.resolve("events"));
        try (ServerProcess relay = RelayServer.start(effort.core, folder, flags, """
                authorizedKeys: {evaluation: [%s]}
                exporters: [{kind: file, outputDir: '%s'}]
                """.formatted(KEY.substring(KEY.indexOf(' ') + 1), events))) {
            String path = "/ofrep/v1/evaluate/flags";
            Question all = Question.post(path, context(), KEY);
            return List.of(
                    compare("one flag", new Limit.Times(1.5), Question.post(path + "/flag-1", context(), KEY), relay,
                            folder, effort),
                    compare(BULK_FLAGS + " flags", new Limit.Micros(120), all, relay, folder, effort.with(20)),
                    compare(BULK_FLAGS + " flags, unchanged", new Limit.Times(1.5),
                            Question.post(path, context(), KEY, "If-None-Match: " + etag(all, relay)), relay, folder,
                            effort));
        }
    }

    private static String etag(Question question, ServerProcess relay) throws IOException {
        Matcher etag = ETAG.matcher(new String(question.answerOf(relay.port()), StandardCharsets.UTF_8));
        if (!etag.find()) throw new IllegalStateException("an answer without ETag");
        return etag.group(1).strip();
    }

    private Outcome compare(
            String what, Limit limit, Question question, ServerProcess relay, Path folder, Effort effort,
            String... flags)
            throws IOException {
        Path answer = Files.write(folder.resolve("answer"), question.answerOf(relay.port()));
        try (ServerProcess bare = ServerProcess.start(effort.core, BareServer.class,
                Stream.concat(Stream.of(answer.toString()), Stream.of(flags)).toArray(String[]::new));
                Load ofRelay = Load.paused(relay.port(), List.of(question), CONNECTIONS);
                Load ofBare = Load.paused(bare.port(), List.of(question), CONNECTIONS)) {
            List<Double> relayMicros = new ArrayList<>(), bareMicros = new ArrayList<>();
            ofRelay.answer(effort.warmUp);
            ofBare.answer(effort.warmUp);
            for (int round = 1; round <= effort.rounds; round++) {
                relayMicros.add(micros(relay, ofRelay, effort.round));
                bareMicros.add(micros(bare, ofBare, effort.round));
                progress.printf(Locale.ROOT, "%s, round %d of %d: relay %.2f us, bare server %.2f us%n", what, round,
                        effort.rounds, relayMicros.getLast(), bareMicros.getLast());
            }
            return new Outcome(what, limit, median(relayMicros), median(bareMicros),
                    verified(ofRelay) + verified(ofBare));
        }
    }

    private static double micros(ServerProcess server, Load load, int requests) {
        Duration before = server.cpu();
        load.answer(requests);
        return server.cpu().minus(before).toNanos() / 1e3 / requests;
    }

    private static long verified(Load load) {
        Load.Outcome outcome = load.stop();
        if (outcome.different() + outcome.failed() > 0) throw new IllegalStateException(outcome.findings().toString());
        return outcome.answered();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String context() {
        return "{\"context\":{\"targetingKey\":\"user-4711\",\"country\":\"FR\",\"plan\":\"pro\",\"age\":42,"
                + "\"email\":\"user-4711@example.com\",\"beta\":true}}";
    }

    private static String flags() {
        return String.join("", IntStream.range(0, BULK_FLAGS).mapToObj(number -> """
                flag-%d:
                  variations: {a: the plain layout, b: the new layout}
                  targeting:
                    - {name: pro, query: plan eq "pro" and age ge 18, percentage: {a: 50, b: 50}}
                  defaultRule: {variation: a}
                  metadata: {owner: team-%d}
                """.formatted(number, number % 10)).toList());
    }
}
