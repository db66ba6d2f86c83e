package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.http.FailpointServer.Action;
import dev.jackstaff.relay.http.FailpointServer.Failpoint;
import dev.jackstaff.relay.http.FailpointServer.Mistake;
import dev.jackstaff.relay.http.FailpointServer.Point;
import dev.jackstaff.verify.stress.Failpoints.Planted;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The short form of T20; `verify/stress/run failpoints` has the long one.
class FailpointsTest {
    private static final int EVERY = 7, REQUESTS = 56;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void what_takes_long_somewhere_changes_no_other_answer(Point point) throws IOException {
        assertThat(Failpoints.findings(
                new Failpoint(point, Action.PAUSE, EVERY, Mistake.NONE), folder, REQUESTS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void what_throws_somewhere_costs_its_request_or_connection_and_nothing_else(Point point) throws IOException {
        assertThat(Failpoints.findings(
                new Failpoint(point, Action.THROW, EVERY, Mistake.NONE), folder, REQUESTS)).isEmpty();
    }

    @Test
    void a_process_that_ends_leaves_no_answer_without_its_effect_and_none_of_another() throws IOException {
        assertThat(Failpoints.findings(
                new Failpoint(Point.AFTER_EFFECT, Action.KILL, 50, Mistake.NONE), folder, 0)).isEmpty();
    }

    @Test
    void a_process_that_is_killed_leaves_answers_that_are_seen_to_be_cut() throws IOException {
        assertThat(Failpoints.findings(
                new Failpoint(Point.BETWEEN_BYTES, Action.KILL, 50, Mistake.NONE), folder, 0)).isEmpty();
    }

    @Test
    void a_relay_that_was_killed_within_an_answer_leaves_events_that_can_be_read() throws IOException {
        assertThat(KilledRelay.findings(folder, 200)).isEmpty();
    }

    /// Planted: it does not say how long its answers are.
    @Test
    void a_server_whose_cut_answers_look_whole_is_found() throws IOException {
        assertThat(Planted.UNFRAMED.findings(folder)).contains("half an answer looks whole");
    }

    /// Otherwise the tests above prove nothing.
    @ParameterizedTest
    @EnumSource
    void what_is_planted_is_found(Planted planted) throws IOException {
        assertThat(planted.findings(folder)).isNotEmpty();
    }
}
