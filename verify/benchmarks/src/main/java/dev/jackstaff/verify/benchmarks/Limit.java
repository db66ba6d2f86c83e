package dev.jackstaff.verify.benchmarks;

import static dev.jackstaff.verify.benchmarks.Case.decisionName;

import dev.jackstaff.verify.benchmarks.engines.Engine;
import dev.jackstaff.verify.benchmarks.engines.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// A promise about speed, and how it is read from the measurements of one run.
///
/// @param what     in words
/// @param cases    the names it needs
/// @param figure   from measurements by name
/// @param atMost   whether the bound is the most; else it is the least
record Limit(
        String what,
        List<String> cases,
        Function<Map<String, Measurement>, Double> figure,
        double bound,
        boolean atMost) {

    private static final double MICROSECOND = 1e3;
    private static final double SECOND = 1e9;

    /// All of them.
    static final List<Limit> ALL = all();

    private static List<Limit> all() {
        List<String> single = List.of("static/jackstaff", "percentage/jackstaff", "targeting/jackstaff",
                "jsonlogic/three-operators", "list/10", "list/1000");
        List<Limit> all = new ArrayList<>(List.of(
                time("static/jackstaff", 20, 1, "ns"),
                time("percentage/jackstaff", 50, 1, "ns"),
                time("targeting/jackstaff", 200, 1, "ns"),
                time("jsonlogic/three-operators", 250, 1, "ns"),
                time("bulk/300", 40, MICROSECOND, "us"),
                time("load/yaml", 3, SECOND, "s"),
                time("load/json", 0.6, SECOND, "s"),
                time("load/yaml-100000-in-512m", 300, SECOND, "s; that it ends at all is the promise"),
                ratio("list/1000", "list/10", 1.2),
                ratio("refresh/one-flag", "refresh/all-flags", 0.5),
                fasterThanAnyWithRules(Flag.PERCENTAGE, 4),
                fasterThanAnyWithRules(Flag.TARGETING, 3),
                new Limit("two threads do, times one", List.of("threads/1", "threads/2"),
                        by -> 2 * at(by, "threads/1").nanos() / at(by, "threads/2").nanos(), 1.7, false)));
        for (String name : single)
            all.add(new Limit(name + ", bytes allocated", List.of(name), by -> at(by, name).bytes(), 0, true));
        return List.copyOf(all);
    }

    private static Limit time(String name, double bound, double unit, String label) {
        return new Limit(name + ", " + label, List.of(name), by -> at(by, name).nanos() / unit, bound, true);
    }

    private static Limit ratio(String name, String comparedTo, double bound) {
        return new Limit(name + ", times " + comparedTo, List.of(name, comparedTo),
                by -> at(by, name).nanos() / at(by, comparedTo).nanos(), bound, true);
    }

    private static Limit fasterThanAnyWithRules(Flag flag, double times) {
        String ours = decisionName(flag, Engine.Kind.JACKSTAFF);
        List<String> others = Stream.of(Engine.Kind.values())
                .filter(engine -> engine.hasRules() && engine != Engine.Kind.JACKSTAFF)
                .map(engine -> decisionName(flag, engine))
                .toList();
        return new Limit(flag.key() + ", the fastest other engine with rules takes, times ours",
                Stream.concat(Stream.of(ours), others.stream()).toList(),
                by -> others.stream().mapToDouble(name -> at(by, name).nanos()).min().orElseThrow()
                        / at(by, ours).nanos(),
                times, false);
    }

    /// Whether everything it needs was measured.
    boolean isMeasured(Map<String, Measurement> measurements) {
        return measurements.keySet().containsAll(cases);
    }

    /// Fractions of a byte are what the harness itself allocates now and then.
    boolean isKept(Map<String, Measurement> measurements) {
        double measured = figure.apply(measurements);
        return atMost ? measured <= (bound == 0 ? 0.5 : bound) : measured >= bound;
    }

    String verdict(Map<String, Measurement> measurements) {
        return String.format(Locale.ROOT, "%-6s %s: %.2f (at %s %s)", isKept(measurements) ? "kept" : "MISSED", what,
                figure.apply(measurements), atMost ? "most" : "least", plain(bound));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static Measurement at(Map<String, Measurement> measurements, String name) {
        Measurement measurement = measurements.get(name);
        if (measurement == null) throw new IllegalArgumentException("not measured: " + name);
        return measurement;
    }
}
