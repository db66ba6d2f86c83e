package dev.jackstaff.verify.benchmarks;

import dev.jackstaff.verify.benchmarks.RuleBenchmark.Rule;
import dev.jackstaff.verify.benchmarks.engines.Engine;
import dev.jackstaff.verify.benchmarks.engines.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of the table.
///
/// @param name      `<what>/<which>`
/// @param comparedTo the case whose time is 1 in the same run; null for none
/// @param benchmark the class and method JMH runs
/// @param parameters of the benchmark
/// @param threads   that do it at the same time
/// @param pinned    whether everything happens on one core; otherwise threads have as many as there are
/// @param pace      how long an operation takes, roughly
record Case(
        String name,
        @Nullable String comparedTo,
        String benchmark,
        Map<String, String> parameters,
        int threads,
        boolean pinned,
        Pace pace) {

    enum Pace {
        /// Far below a millisecond: measured by the time many of them take.
        SHORT,
        /// From milliseconds on: measured one by one.
        LONG
    }

    static final int LOADED = 10_000;

    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        for (Flag flag : Flag.values()) for (Engine.Kind engine : Engine.Kind.values()) all.add(decision(flag, engine));
        all.add(rule("jsonlogic/three-operators", null, Rule.JSONLOGIC));
        all.add(rule("list/10", null, Rule.LIST_10));
        all.add(rule("list/1000", "list/10", Rule.LIST_1000));
        all.add(new Case("bulk/300", null, "BulkBenchmark.evaluateAll", Map.of("flags", "300"), 1, true, Pace.SHORT));
        all.add(threads(1));
        all.add(threads(2));
        all.add(loading("load/yaml", null, "load", "YAML", LOADED));
        all.add(loading("load/json", "load/yaml", "load", "JSON", LOADED));
        all.add(loading("load/yaml-100000-in-512m", null, "load", "YAML", 10 * LOADED));
        all.add(loading("refresh/all-flags", null, "compileAll", "YAML", LOADED));
        all.add(loading("refresh/one-flag", "refresh/all-flags", "compileOneEdited", "YAML", LOADED));
        return all;
    }

    static String decisionName(Flag flag, Engine.Kind engine) {
        return flag.key() + "/" + engine.label();
    }

    private static Case decision(Flag flag, Engine.Kind engine) {
        Engine.Kind other = engine == Engine.Kind.JACKSTAFF ? Engine.Kind.HAND_WRITTEN : Engine.Kind.JACKSTAFF;
        return new Case(decisionName(flag, engine), decisionName(flag, other), "DecisionBenchmark.decide",
                Map.of("flag", flag.name(), "engine", engine.name()), 1, true, Pace.SHORT);
    }

    private static Case threads(int threads) {
        return new Case("threads/" + threads, threads == 1 ? null : "threads/1", "DecisionBenchmark.decide",
                Map.of("flag", Flag.TARGETING.name(), "engine", Engine.Kind.JACKSTAFF.name()), threads, false, Pace.SHORT);
    }

    private static Case rule(String name, @Nullable String comparedTo, Rule rule) {
        return new Case(name, comparedTo, "RuleBenchmark.evaluate", Map.of("rule", rule.name()), 1, true, Pace.SHORT);
    }

    private static Case loading(String name, @Nullable String comparedTo, String method, String syntax, int flags) {
        return new Case(name, comparedTo, "LoadingBenchmark." + method,
                Map.of("syntax", syntax, "flags", Integer.toString(flags)), 1, true, Pace.LONG);
    }
}
