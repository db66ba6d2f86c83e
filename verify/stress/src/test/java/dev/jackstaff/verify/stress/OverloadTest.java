package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The quick form of `verify/stress/run overload`: what is no matter of time.
class OverloadTest {
    private static final int CONNECTIONS = 200;

    @TempDir
    Path folder;

    @Test
    void what_is_refused_was_not_worked_on_and_all_accounts_balance() throws Exception {
        Asked asked = ask("limits: {queueTime: 5}\n");
        assertThat(asked.flood.findings()).isEmpty();
        assertThat(asked.flood.refusals()).isPositive();
        assertThat(asked.flood.good() + asked.flood.late()).isPositive();
        // One answer more was noted in the beginning.
        assertThat(asked.sum("gofeatureflag_flag_evaluations_total\\{flag_name=\"heavy-0\"} \\S+"))
                .isEqualTo(asked.flood.good() + asked.flood.late() + 1);
        long refused = asked.sum("relay_refused_total\\{class=\"evaluate\",reason=\"queue\"} \\S+");
        assertThat(refused).isEqualTo(asked.flood.refusals());
        assertThat(asked.sum("relay_refused_total\\{.*")).isEqualTo(refused);
        assertThat(asked.sum("relay_requests_total\\{code=\"503\".*verdict=\"refused\"} \\S+")).isEqualTo(refused);
    }

    /// The control: refusals come from the limit, and not from the way it is asked.
    @Test
    void without_the_limit_all_are_answered() throws Exception {
        Asked asked = ask("limits: {queueTime: 0}\n");
        assertThat(asked.flood.findings()).isEmpty();
        assertThat(asked.flood.refusals()).isZero();
        assertThat(asked.flood.good() + asked.flood.late()).isEqualTo(5L * CONNECTIONS);
    }

    private record Asked(Flood.Outcome flood, String metrics) {
        long sum(String line) {
            long sum = 0;
            for (Matcher each = Pattern.compile("(?m)^" + line + "$").matcher(metrics); each.find();)
                sum += (long) Double.parseDouble(each.group().substring(each.group().lastIndexOf(' ')));
            return sum;
        }
    }

    /// All connections ask at once until there have been a few hundred answers, and until none is under way.
    private Asked ask(String more) throws IOException {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), Overload.heavyFlags());
        try (ServerProcess relay = RelayServer.start(Optional.empty(), folder, flags, more)) {
            try (Flood flood = Flood.start(new Flood.Effort(
                    relay.port(), List.of(Overload.Kind.EVALUATE.question()), CONNECTIONS, 0,
                    Duration.ofSeconds(60).toNanos(),
                    Integer.MAX_VALUE, 0))) {
                Flood.Outcome outcome = flood.answers(5L * CONNECTIONS);
                return new Asked(outcome, new String(
                        Question.get("/metrics").answerOf(relay.port()), StandardCharsets.UTF_8));
            }
        }
    }
}
