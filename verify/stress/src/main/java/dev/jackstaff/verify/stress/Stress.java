package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The command.
public final class Stress {
    private static final String HELP = """
            Usage: verify/stress/run broken-edits [ROUNDS]
                   verify/stress/run relay-cpu [--quick] [--check]
                   verify/stress/run exchanges [--count N] [--ledger]
                   verify/stress/run own-answer [--count N] [--ledger]
                   verify/stress/run failpoints [--count N]
                   verify/stress/run leaks [--count N]
                   verify/stress/run overload [--seconds N] [--only KIND]
                   verify/stress/run slow-peers [--count N]
                   verify/stress/run ledger
                   verify/stress/run model
                   verify/stress/run mutation
                   verify/stress/run outgoing [--count N]
                   verify/stress/run permits [--count N]
                   verify/stress/run simulation [--count N]
                   verify/stress/run streams [--sse N] [--web-sockets N] [--every MILLISECONDS] [--stuck PERCENT]
                                             [--restless PERCENT] [--changes N]
                   verify/stress/run shutdown [--count N] [--seed N] [--image FOLDER]
                   verify/stress/run starts FOLDER [--count N]
                   verify/stress/run slot [races [MILLISECONDS] | models]

            broken-edits   asks a relay 1,000 times a second while its flag file is broken in every way, ROUNDS times
                           (20 when not said, about 10 minutes); exit code 1 when a request failed or an answer changed
            relay-cpu      CPU time a request, beside a bare server on the same transport; servers on the first core,
                           this command on the last, where the machine has taskset
              --quick      short rounds
              --check      exit code 1 when a limit is missed
            exchanges      N exchanges (5 million when not said) in which a worker races its deadline, its connection and the end
                           of the server, in process; exit code 1 when one has not exactly one verdict, an effect that is
                           not the answer's, a permit that is lost or home too early, or when accounts do not balance
              --ledger     adds a line to the ledger for each 10 million
            own-answer     N requests (a million when not said) over sockets that carry an id each, with deadlines around the time
                           that handlers take; HTTP/1.1, HTTP/2 and, where there is an haproxy, through one connection that
                           all share; exit code 1 when an answer is not whole and its request's own
              --ledger     adds a line of each kind to the ledger for each million
            failpoints     lets something take long, throw or end the process at each place where the relay calls what it is
                           given, N times (10 when not said); exit code 1 when an answer was not its request's own, an effect
                           not an answer's, a permit did not come home, accounts do not balance or the others were not served
            leaks          N requests (10,000 when not said) and twice as many: answered, refused, broken off, too late, too large,
                           and streams; exit code 1 when exchanges, connections, timers, threads, descriptors or permits are
                           left of them after a full collection
            overload       asks a relay for ten times as much as it can answer, five times N seconds (6 when not said) for each
                           kind of question; exit code 1 when it answers less than 90 % of its peak, or late, does not tell
                           how it is, keeps more memory, or is not as before within a second; and when a relay or a collector
                           that lets everybody wait is not found to do so
              --only       evaluate, bulk, collect, collect_large or refresh
            slow-peers     N connections (2,000 when not said) that are stuck in every way, beside normal traffic; exit code 1 when
                           1 % of the normal answers take more than 20 % longer than while another process on the same core has
                           them, or memory is not bounded
            ledger         makes docs/reference/ledger.md from verify/stress/ledger.tsv
            model          every order of worker, deadline, reset and stop that spin can make of verify/stress/model/handover.pml,
                           and the mistakes planted in it; says so and does nothing where there is no spin
            mutation       changes slot, hand-over, deadline and permits in every small way; their tests must notice; exit code 1
                           when less than 95 % are; the rest is in relay/target/pit-reports
            outgoing       N calls (50 when not said) to a server that stalls or drips in each way there is; exit code 1 when one
                           ends later than 50 ms after its limit
            permits        N times (50 when not said): half of the handlers that wait never return, then all are let go; exit code 1
                           when there are more of them than permits, a permit did not come home, accounts do not balance, or
                           health is answered after more than 50 ms
            simulation     N seeds (50,000 when not said), each another order of all that can happen to a few requests, with a look
                           at every invariant after every step
            streams        so many subscribers of changes (10000 and 2000 when not said), of which PERCENT (1) take nothing
                           that is sent to them and PERCENT (1) leave and come again all the time, while a flag changes N
                           times (30), every MILLISECONDS (1000); exit code 1 when a healthy one missed a change, heard of
                           1 % of them after more than a second, something came that is not whole, or all coming again at
                           once keep more than 1 MiB of heap
            shutdown       starts a relay N times (100 when not said), in each server mode in turn, and tells it to stop at a random
                           moment: while it starts, while requests come, and again while it stops; exit code 1 when one was
                           accepted and not answered, an answer was cut short, an event lost or exported twice, or the relay
                           did not end with exit code 0
              --seed       of the first one (0 when not said), which says when it is told
              --image      the relay in FOLDER, made by container/image, which starts faster
            starts         N starts (7 when not said) of the relay in FOLDER, made by container/image, with 1,000 flags; exit code 1 when
                           it takes more than 400 ms until it is ready or has more than 120 MB when idle, in the median
            slot           the slot of verdicts: `races` under jcstress, so long in each mode of the compiler (1000 when not
                           said, minutes in all), `models` in all schedules that Lincheck makes, on a Java 17
            """;
    private static final long ANSWERS_A_STATE = 3L * BrokenEdits.PER_SECOND;
    private static final String CORE = "--servers-on-core"; // said by the script, which moves this JVM to another one

    private static final Path ROOT = Path.of(System.getProperty("root", ""));

    private Stress() {}

    public static void main(String[] arguments) throws IOException {
        List<String> all = List.of(arguments);
        int code =
                switch (all.isEmpty() ? "--help" : all.getFirst()) {
                    case "broken-edits" -> brokenEdits(all.size() > 1 ? Integer.parseInt(all.get(1)) : 20);
                    case "relay-cpu" -> relayCpu(all);
                    case "exchanges" -> ExchangesRun.run(number(all, "--count", 5_000_000), ledger(all));
                    case "own-answer" -> ownAnswer(all);
                    case "permits" -> Permits.run((int) number(all, "--count", 50), System.out);
                    case "outgoing" -> outgoing((int) number(all, "--count", 50));
                    case "overload" -> overload(all);
                    case "slow-peers" -> slowPeers(all);
                    case "simulation" -> simulation(number(all, "--count", 50_000));
                    case "ledger" -> ledger();
                    case "failpoints" -> Failpoints.run(folder(), (int) number(all, "--count", 10), System.out);
                    case "leaks" -> leaks((int) number(all, "--count", 10_000));
                    case "shutdown" -> shutdown(all);
                    case "streams" -> streams(all);
                    case "starts" -> starts(all);
                    default -> help();
                };
        if (code != 0) System.exit(code);
    }

    private static int ownAnswer(List<String> arguments) throws IOException {
        List<String> findings =
                OwnAnswerRun.run(folder(), number(arguments, "--count", 1_000_000), ledger(arguments), System.out);
        findings.forEach(System.out::println);
        return findings.isEmpty() ? 0 : 1;
    }

    private static int shutdown(List<String> arguments) throws IOException {
        int image = arguments.indexOf("--image") + 1;
        return ShutdownRun.run(
                (int) number(arguments, "--seed", 0), (int) number(arguments, "--count", 100),
                image == 0 ? null : Path.of(arguments.get(image)), System.out);
    }

    private static int outgoing(int calls) throws IOException {
        List<String> findings = OutgoingCalls.run(calls, System.out);
        findings.forEach(System.out::println);
        return findings.isEmpty() ? 0 : 1;
    }

    private static int overload(List<String> arguments) throws IOException {
        int only = arguments.indexOf("--only") + 1;
        List<Overload.Kind> kinds = List.of(Overload.Kind.values());
        if (only > 0) {
            String name = only < arguments.size() ? arguments.get(only) : "";
            kinds = kinds.stream().filter(kind -> kind.name().equalsIgnoreCase(name)).toList();
        }
        if (kinds.isEmpty()) {
            System.err
                    .println("--only wants one of " + Arrays.toString(Overload.Kind.values()).toLowerCase(Locale.ROOT));
            return 2;
        }
        Overload.Effort effort =
                new Overload.Effort(core(arguments), number(arguments, "--seconds", 6), 5, kinds, "");
        List<Overload.Outcome> outcomes = new Overload(effort, System.err).run(folder());
        outcomes.forEach(System.out::println);
        Overload once = new Overload(effort.with(1), System.err);
        boolean found = !once.runTwin(folder()).broken().isEmpty();
        System.out.println("a relay that lets all wait: " + (found ? "found, as it must be" : "NOT FOUND"));
        boolean foundCollector = once.runCollectorTwin().broken().contains(Overload.Outcome.NOT_AS_BEFORE);
        System.out
                .println("a collector that lets all wait: " + (foundCollector ? "found, as it must be" : "NOT FOUND"));
        boolean kept = outcomes.stream().allMatch(outcome -> outcome.broken().isEmpty());
        return found && foundCollector && kept ? 0 : 1;
    }

    private static int slowPeers(List<String> arguments) throws IOException {
        int peers = (int) number(arguments, "--count", 2_000);
        SlowPeers.Effort effort =
                new SlowPeers.Effort(core(arguments), peers, Duration.ofSeconds(10), 5, 48, 0.25, 10);
        SlowPeers.Outcome outcome = new SlowPeers(effort, System.err).run(folder());
        System.out.println(outcome);
        SlowPeers.Outcome twin = new SlowPeers(effort.with(peers / 10, 1), System.err).runTwin();
        boolean found = twin.broken().contains("slower");
        System.out.println("a server that works on all that is sent ahead: "
                + (found ? "found, as it must be" : "NOT FOUND"));
        return found && outcome.broken().isEmpty() ? 0 : 1;
    }

    /// That servers are to stay on; empty for all.
    private static Optional<Integer> core(List<String> arguments) {
        int core = arguments.indexOf(CORE) + 1;
        return core == 0 ? Optional.empty() : Optional.of(Integer.valueOf(arguments.get(core)));
    }

    private static int simulation(long seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            Optional<String> finding = Simulation.run(seed);
            if (finding.isEmpty()) continue;
            System.out.println("seed " + seed + ", " + finding.get());
            return 1;
        }
        System.out.println(seeds + " seeds: every invariant holds after every step");
        return 0;
    }

    private static int ledger() throws IOException {
        new Ledger(ROOT).write();
        return 0;
    }

    private static @Nullable Path ledger(List<String> arguments) {
        return arguments.contains("--ledger") ? ROOT : null;
    }

    private static long number(List<String> arguments, String option, long otherwise) {
        int at = arguments.indexOf(option);
        return at < 0 ? otherwise : Long.parseLong(arguments.get(at + 1).replace("_", ""));
    }

    private static int help() {
        System.out.print(HELP);
        return 0;
    }

    private static int brokenEdits(int rounds) throws IOException {
        BrokenEdits.Outcome outcome = BrokenEdits.run(folder(), rounds, ANSWERS_A_STATE, "");
        outcome.log().stream().distinct().forEach(System.out::println);
        System.out.println(outcome.load());
        return outcome.load().different() + outcome.load().failed() == 0 ? 0 : 1;
    }

    private static int relayCpu(List<String> arguments) throws IOException {
        RelayCpu.Effort full = new RelayCpu.Effort(core(arguments), 400_000, 9, 100_000);
        RelayCpu.Effort effort = arguments.contains("--quick") ? full.with(10) : full;
        List<RelayCpu.Outcome> outcomes = new RelayCpu(effort, System.err).run(folder());
        outcomes.forEach(System.out::println);
        boolean kept = outcomes.stream().allMatch(RelayCpu.Outcome::kept);
        return kept || !arguments.contains("--check") ? 0 : 1;
    }

    private static int streams(List<String> arguments) throws IOException {
        Streams.Effort effort = new Streams.Effort(
                (int) number(arguments, "--sse", 10_000), (int) number(arguments, "--web-sockets", 2_000),
                Duration.ofMillis(number(arguments, "--every", 1_000)), number(arguments, "--stuck", 1) / 100.0,
                number(arguments, "--restless", 1) / 100.0,
                (int) number(arguments, "--changes", 30));
        Streams.Outcome outcome = Streams.run(folder(), effort);
        System.out.println(outcome);
        return outcome.kept() ? 0 : 1;
    }

    private static int starts(List<String> arguments) throws IOException {
        Starts.Outcome outcome =
                Starts.run(Path.of(arguments.get(1)), folder(), (int) number(arguments, "--count", 7),
                        Duration.ofSeconds(3));
        System.out.println(outcome);
        return outcome.kept() ? 0 : 1;
    }

    private static int leaks(int requests) throws IOException {
        if (Leaks.planted(folder(), 100).isEmpty()) {
            System.out.println("what was planted was not found");
            return 1;
        }
        List<String> findings = Leaks.ofRelay(folder(), requests);
        System.out.println(findings.isEmpty() ? "nothing is left of " + 3 * requests + " requests" : findings);
        return findings.isEmpty() ? 0 : 1;
    }

    private static Path folder() throws IOException {
        return Files.createTempDirectory("stress-");
    }
}
