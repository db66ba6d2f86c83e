package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of T21; `verify/stress/run leaks` has the long one.
class LeaksTest {
    @TempDir
    Path folder;

    @Test
    void nothing_is_left_of_a_load() throws IOException {
        assertThat(Leaks.ofRelay(folder, 40)).isEmpty();
    }

    /// Otherwise the test above proves nothing.
    @Test
    void a_handler_that_keeps_what_it_is_given_is_found() throws IOException {
        assertThat(Leaks.planted(folder, 20)).anyMatch(finding -> finding.contains("Exchange are left"));
    }
}
