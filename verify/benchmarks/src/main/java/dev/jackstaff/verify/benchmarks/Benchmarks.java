package dev.jackstaff.verify.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The command: measures the cases that are asked for, prints the table, and holds it against the limits.
public final class Benchmarks {
    private static final String HELP = """
            Usage: verify/benchmarks/run [--quick] [--check] [PATTERN...]
                   verify/benchmarks/run --list
                   verify/benchmarks/run relay [--quick] [--check]

            Measures with JMH, each case in JVMs of its own on one core, and prints a table.

              --quick    one short round instead of three; good for a look, not for a number to quote
              --check    exit with 1 when a limit is missed (Limit.java has them) or a case failed
              --list     print the names of all cases
              relay      CPU time of a request to the relay, beside a bare server on the same transport
              PATTERN    only cases whose name contains it; a limit counts when all its cases are measured

            Examples:
              verify/benchmarks/run --quick percentage     # one flag kind in all engines
              verify/benchmarks/run load refresh           # large files
              verify/benchmarks/run --check                # everything, about 20 minutes
            """;
    private static final Set<String> OPTIONS = Set.of("--quick", "--check", "--list", "--help");

    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException {
        int code = run(List.of(arguments));
        if (code != 0) System.exit(code);
    }

    private static int run(List<String> arguments) throws IOException {
        List<String> options = arguments.stream().filter(argument -> argument.startsWith("-")).toList();
        List<String> patterns = new ArrayList<>(arguments);
        patterns.removeAll(options);
        if (!OPTIONS.containsAll(options)) {
            System.err.println("unknown option in " + options + "; --help lists them");
            return 2;
        }
        if (options.contains("--help")) {
            System.out.print(HELP);
            return 0;
        }
        List<Case> cases = Case.all().stream().filter(each -> matches(each, patterns)).toList();
        if (cases.isEmpty()) {
            System.err.println("no case contains any of " + patterns + "; --list prints the names of all");
            return 2;
        }
        if (options.contains("--list")) {
            cases.forEach(each -> System.out.println(each.name()));
            return 0;
        }
        Suite suite = new Suite(
                options.contains("--quick") ? Suite.Effort.QUICK : Suite.Effort.FULL, Cores.javaOnOne(), System.err);
        Map<String, Measurement> measurements = suite.measure(cases);
        System.out.print(Table.of(cases, measurements));
        boolean good = verdicts(measurements) && measurements.size() == cases.size();
        return good || !options.contains("--check") ? 0 : 1;
    }

    private static boolean matches(Case each, List<String> patterns) {
        return patterns.isEmpty() || patterns.stream().anyMatch(each.name()::contains);
    }

    /// Whether every limit that was measured is kept.
    private static boolean verdicts(Map<String, Measurement> measurements) {
        List<Limit> measured = Limit.ALL.stream().filter(limit -> limit.isMeasured(measurements)).toList();
        if (!measured.isEmpty()) System.out.println();
        measured.forEach(limit -> System.out.println(limit.verdict(measurements)));
        return measured.stream().allMatch(limit -> limit.isKept(measurements));
    }
}
