package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of T5 and T9; `verify/stress/run own-answer` has the long one.
class OwnAnswersTest {
    @TempDir
    Path folder;

    @Test
    void every_request_has_its_own_answer_whole_and_once() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(OwnAnswerRun.run(folder, 20_000, null, new PrintStream(said, true, StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("HTTP/1.1: ", "HTTP/2: ", "expired");
    }

    /// Otherwise the test above proves nothing.
    @Test
    void a_server_that_uses_responses_again_is_found() throws Exception {
        try (ServerProcess server = ServerProcess.start(Optional.empty(), PooledResponses.class)) {
            OwnAnswers.Outcome outcome =
                    OwnAnswers.run(new OwnAnswers.Load(server.port(), 20_000, 64, 1, 100, 0), 1);
            assertThat(outcome.findings()).isNotEmpty().anyMatch(finding -> finding.contains("was answered"));
        }
    }
}
