package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The quick form of `verify/stress/run slow-peers`: what is no matter of time.
class SlowPeersTest {
    private static final SlowPeers.Effort EFFORT =
            new SlowPeers.Effort(Optional.empty(), 200, Duration.ofMillis(500), 1, 2, 0.25, 1);

    @TempDir
    Path folder;

    @Test
    void beside_slow_peers_each_request_gets_its_answer_and_the_heap_stays_bounded() throws IOException {
        SlowPeers.Outcome outcome =
                new SlowPeers(EFFORT, new PrintStream(OutputStream.nullOutputStream())).run(folder);
        assertThat(outcome.findings()).as(outcome.toString()).isEmpty();
        assertThat(outcome.came()).as(outcome.toString()).isGreaterThanOrEqualTo(EFFORT.peers());
        assertThat(outcome.broken()).as(outcome.toString()).doesNotContain("heap");
    }
}
