package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayCpuTest {
    @TempDir
    Path folder;

    @Test
    void the_relay_and_the_bare_server_write_the_same_bytes() throws Exception {
        RelayCpu.Effort effort = new RelayCpu.Effort(Optional.empty(), 2_000, 2, 2_000);
        assertThat(new RelayCpu(effort, new PrintStream(OutputStream.nullOutputStream())).run(folder))
                .hasSize(4)
                .allSatisfy(outcome -> assertThat(outcome.answers()).isPositive());
    }
}
