package dev.jackstaff.verify.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuiteTest {
    private static final List<Case> CASES = Case.all().stream().map(SuiteTest::small).toList();

    @Test
    void every_case_runs_and_every_limit_has_its_cases() {
        Suite suite = new Suite(Suite.Effort.SMOKE, Optional.empty(), new PrintStream(OutputStream.nullOutputStream()));
        Map<String, Measurement> measurements = suite.measure(CASES);
        assertThat(measurements.values())
                .hasSameSizeAs(Case.all())
                .allSatisfy(measurement -> assertThat(measurement.nanos()).as(measurement.name()).isPositive());
        assertThat(Limit.ALL).isNotEmpty().allSatisfy(limit -> {
            assertThat(limit.isMeasured(measurements)).as(limit.what()).isTrue();
            assertThat(limit.verdict(measurements)).contains(limit.what());
        });
        assertThat(Table.of(CASES, measurements).lines()).hasSize(CASES.size() + 1);
    }

    @Test
    void a_limit_is_missed_above_its_most_and_below_its_least() {
        Map<String, Measurement> measurements = Map.of(
                "static/jackstaff", measurement("static/jackstaff", 21, 0),
                "threads/1", measurement("threads/1", 100, 0),
                "threads/2", measurement("threads/2", 125, 0),
                "list/10", measurement("list/10", 10, 0.1),
                "list/1000", measurement("list/1000", 12, 24));
        assertThat(Limit.ALL).filteredOn(limit -> limit.isMeasured(measurements))
                .extracting(limit -> limit.verdict(measurements))
                .containsExactlyInAnyOrder(
                        "MISSED static/jackstaff, ns: 21.00 (at most 20)",
                        "kept   static/jackstaff, bytes allocated: 0.00 (at most 0)",
                        "MISSED two threads do, times one: 1.60 (at least 1.7)",
                        "kept   list/1000, times list/10: 1.20 (at most 1.2)",
                        "kept   list/10, bytes allocated: 0.10 (at most 0)",
                        "MISSED list/1000, bytes allocated: 24.00 (at most 0)");
    }

    @Test
    void a_disturbed_round_does_not_count() {
        Measurement measurement = Measurement.of("x", List.of(
                new Measurement.Round(10, 0), new Measurement.Round(500, 0), new Measurement.Round(12, 0)));
        assertThat(measurement).isEqualTo(new Measurement("x", 12, 10, 500, 0));
    }

    private static Measurement measurement(String name, double nanos, double bytes) {
        return new Measurement(name, nanos, nanos, nanos, bytes);
    }

    /// A hundred flags load as thousands do, but at once.
    private static Case small(Case each) {
        Map<String, String> parameters = new HashMap<>(each.parameters());
        parameters.computeIfPresent("flags", (_, _) -> "100");
        return new Case(each.name(), each.comparedTo(), each.benchmark(), parameters, each.threads(), each.pinned(),
                each.pace());
    }
}
