package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// T19; `verify/stress/run simulation` has more seeds.
class SimulationTest {
    private static final long SEEDS = 1_000;

    @Test
    void after_every_step_of_every_order_all_invariants_hold() {
        assertThat(found(Simulation::run)).isEmpty();
    }

    @Test
    void a_sound_twin_passes() {
        assertThat(found(seed -> Simulation.run(seed, Twin.Mistake.NONE))).isEmpty();
    }

    /// Otherwise the first test proves nothing. What one thread cannot do, [ExchangesTest] finds.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"NONE", "LOOK_THEN_WRITE"})
    void a_twin_with_a_mistake_is_found(Twin.Mistake mistake) {
        assertThat(found(seed -> Simulation.run(seed, mistake))).isPresent();
    }

    @Test
    void handlers_that_act_by_themselves_are_found() {
        assertThat(found(Simulation::runHandlersThatActByThemselves)).get().asString().contains("I8, I9");
    }

    @Test
    void the_same_seed_finds_the_same_after_as_many_steps() {
        LongFunction<Optional<String>> run = seed -> Simulation.run(seed, Twin.Mistake.RELEASE_AT_ANSWER);
        assertThat(run.apply(7)).isEqualTo(run.apply(7));
    }

    private static Optional<String> found(LongFunction<Optional<String>> run) {
        return LongStream.range(0, SEEDS)
                .mapToObj(seed -> run.apply(seed).map(finding -> "seed " + seed + ": " + finding))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
