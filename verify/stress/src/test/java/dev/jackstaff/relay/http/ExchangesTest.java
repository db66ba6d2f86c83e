package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The short form of T4 and T9; `verify/stress/run exchanges` has the long one.
class ExchangesTest {
    private static final int ENOUGH_TO_FIND = 1_000_000;

    /// Where others use the machine, loop and worker seldom run at once, and the shares are as far apart as luck has it.
    private static final double SOME = 0.05;

    @Test
    void whoever_wins_wins_alone_and_effects_permits_and_accounts_are_right() {
        Exchanges.Outcome outcome = Exchanges.run(2_000_000, 1);
        assertThat(outcome.findings()).isEmpty();
        assertThat(outcome.hasRaced(SOME)).as("%s", outcome).isTrue();
        assertThat(outcome.refused()).isPositive();
    }

    @Test
    void a_sound_twin_passes() {
        assertThat(Exchanges.run(ENOUGH_TO_FIND, 1, Twin.Mistake.NONE).findings()).isEmpty();
    }

    /// Otherwise the first test proves nothing.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"NONE", "FORGET_TIMER"})
    void a_twin_with_a_mistake_is_found(Twin.Mistake mistake) {
        assertThat(Exchanges.run(ENOUGH_TO_FIND, 1, mistake).findings()).isNotEmpty();
    }

    @Test
    void handlers_that_act_by_themselves_are_found() {
        assertThat(Exchanges.runHandlersThatActByThemselves(ENOUGH_TO_FIND, 1).findings())
                .isNotEmpty()
                .allMatch(finding -> finding.contains("effects"));
    }
}
