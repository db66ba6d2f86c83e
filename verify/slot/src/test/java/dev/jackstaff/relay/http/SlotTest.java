package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of T1 and T2. `verify/stress/run slot` has the long one, with Lincheck's threads on Java 17.
class SlotTest {
    private static final int ROUNDS = 5, SCHEDULES = 1_000;

    @TempDir
    Path folder;

    @Test
    void there_is_one_verdict_in_every_mode_of_the_compiler_and_a_slot_that_looks_first_is_found() {
        Path output = folder.resolve("jcstress");
        assertThat(SlotCheck.races(20, output.toFile())).as("see %s", output).isEmpty();
        assertThat(output).content().contains("All remaining tests: 3 matching");
    }

    @Test
    void there_is_one_verdict_in_every_schedule() {
        SlotModels.inEverySchedule(SlotModels.Real.class, ROUNDS, SCHEDULES);
    }

    /// Otherwise the test above proves nothing.
    @Test
    void a_slot_that_looks_before_it_writes_is_found_in_some_schedule() {
        assertThatThrownBy(() -> SlotModels.inEverySchedule(SlotModels.Planted.class, ROUNDS, SCHEDULES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("offer");
    }

    @Test
    void a_hand_over_has_one_verdict_that_tells_the_truth_in_every_schedule() {
        SlotModels.inEverySchedule(HandoverModels.OfRelay.class, ROUNDS, SCHEDULES / 4);
    }

    @Test
    void a_hand_over_that_runs_what_it_has_taken_back_is_found_in_some_schedule() {
        assertThatThrownBy(() -> SlotModels.inEverySchedule(HandoverModels.Planted.class, ROUNDS, SCHEDULES / 4))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("I20");
    }
}
