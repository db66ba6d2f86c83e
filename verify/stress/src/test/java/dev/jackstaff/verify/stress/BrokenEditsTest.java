package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenEditsTest {
    private static final long ANSWERS_A_STATE = 500;

    @TempDir
    Path folder;

    @Test
    void under_load_no_broken_edit_fails_a_request_or_changes_an_answer_and_the_log_says_where_it_is()
            throws Exception {
        BrokenEdits.Outcome outcome = BrokenEdits.run(folder, 1, ANSWERS_A_STATE, "");
        assertThat(outcome.load().findings()).isEmpty();
        assertThat(outcome.load().failed()).isZero();
        assertThat(outcome.load().different()).isZero();
        assertThat(outcome.load().answered()).isGreaterThan(2 * ANSWERS_A_STATE * BrokenEdits.Edit.values().length);
        assertThat(outcome.log()).hasSameSizeAs(BrokenEdits.Edit.values());
    }

    /// What the original does with a flag that becomes invalid, planted to be found.
    @Test
    void a_relay_that_drops_the_invalid_flag_is_found() throws Exception {
        BrokenEdits.Outcome outcome = BrokenEdits.run(folder, 1, ANSWERS_A_STATE, "keepLastGood: false\n");
        assertThat(outcome.load().different()).isPositive();
        assertThat(outcome.load().findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding).contains("/flags/checkout", "FLAG_NOT_FOUND"));
    }
}
