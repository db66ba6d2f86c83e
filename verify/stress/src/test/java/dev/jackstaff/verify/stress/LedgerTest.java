package dev.jackstaff.verify.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger(Path.of("..", ".."));

    @Test
    void the_page_is_made_from_the_lines() throws Exception {
        assertThat(ledger.written()).as("verify/stress/run ledger makes it").isEqualTo(ledger.page());
    }
}
