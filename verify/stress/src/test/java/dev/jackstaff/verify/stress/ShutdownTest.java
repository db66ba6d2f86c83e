package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.verify.stress.Shutdown.End;
import dev.jackstaff.verify.stress.Shutdown.Mode;
import dev.jackstaff.verify.stress.Shutdown.Outcome;
import dev.jackstaff.verify.stress.Shutdown.Plan;
import dev.jackstaff.verify.stress.Shutdown.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The short form of T18, in each server mode; `verify/stress/run shutdown` has the long one.
class ShutdownTest {
    private static final int ANSWERS = 300;

    @TempDir
    Path folder;

    private Outcome run(Plan plan) throws Exception {
        return Shutdown.run(folder, plan, Site.in(folder, null));
    }

    @ParameterizedTest
    @EnumSource
    void whoever_was_accepted_is_answered_and_every_event_exported(Mode mode) throws Exception {
        Outcome outcome = run(new Plan(mode, End.ONCE, ANSWERS, Duration.ZERO, 1));
        assertThat(outcome.findings()).isEmpty();
        assertThat(outcome.answered()).isGreaterThan(ANSWERS / 2);
    }

    /// Before it listens there is nothing to lose; from then on nothing is.
    @ParameterizedTest
    @ValueSource(ints = {0, 300, 700})
    void told_while_it_starts_it_loses_nothing(int millis) throws Exception {
        assertThat(run(new Plan(Mode.PORT, End.EARLY, 0, Duration.ofMillis(millis), 1)).findings()).isEmpty();
    }

    @Test
    void a_second_signal_loses_no_answer_and_no_event() throws Exception {
        assertThat(run(new Plan(Mode.PORT, End.TWICE, ANSWERS, Duration.ZERO, 1)).findings())
                .isEmpty();
    }

    /// Planted: what waits for the exporters goes down with the process.
    @Test
    void a_relay_that_loses_its_events_is_found() throws Exception {
        assertThat(run(new Plan(Mode.PORT, End.KILLED, ANSWERS, Duration.ZERO, 1)).findings())
                .anyMatch(finding -> finding.contains("has 0 events"));
    }

    /// The second signal is heard, and the request that is half here is not waited for.
    @Test
    void a_second_signal_is_told_of_and_the_relay_ends_in_order() throws Exception {
        Path config = Files.writeString(folder.resolve("goff-proxy.yaml"), """
                server: {host: 127.0.0.1, port: 0}
                hideBanner: true
                retriever: {kind: file, path: '%s'}
                """.formatted(Files.writeString(folder.resolve("flags.yaml"),
                "beta: {variations: {\"on\": true}, defaultRule: {variation: \"on\"}}\n")));
        try (ServerProcess relay = RelayServer.start(config); Connection halfway = Connection.to(relay.port())) {
            halfway.send("POST /v1/allflags HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
            assertThat(halfway.head()).startsWith("HTTP/1.1 100");
            relay.signal();
            String _ = relay.await(0, line -> line.contains("\"msg\":\"stopping\""));
            relay.signal();
            assertThat(relay.exit()).isZero();
            assertThat(relay.lines())
                    .anyMatch(line -> line.contains("told again to stop"))
                    .anyMatch(line -> line.contains("\"msg\":\"stopped\""));
        }
    }
}
