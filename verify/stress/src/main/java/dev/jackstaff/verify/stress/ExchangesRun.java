package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.Exchanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `exchanges`: the in-process race in chunks, each with its line in the ledger, so that a run may be ended at any time.
final class ExchangesRun {
    private static final long CHUNK = 10_000_000;

    private ExchangesRun() {}

    /// @param ledger null for none
    /// @return the exit code
    static int run(long count, @Nullable Path ledger) throws IOException {
        long seed = System.nanoTime();
        for (long left = count; left > 0; left -= CHUNK) {
            long began = System.nanoTime();
            Exchanges.Outcome outcome = Exchanges.run(Math.min(left, CHUNK), seed++);
            System.out.printf(Locale.ROOT, "%,d exchanges in %.0f s, seed %d: %s, %s%n", outcome.read(),
                    (System.nanoTime() - began) / 1e9, seed - 1, shares(outcome), outcome.findings());
            List<String> findings = outcome.hasRaced() || !outcome.findings().isEmpty()
                    ? outcome.findings()
                    : List.of("it has not raced");
            if (ledger != null)
                new Ledger(ledger).add(Ledger.Line.of(ledger, "in process", outcome.read(), shares(outcome), findings));
            if (!findings.isEmpty()) return 1;
        }
        return 0;
    }

    private static String shares(Exchanges.Outcome outcome) {
        return Arrays.stream(Exchanges.Kind.values())
                .filter(kind -> outcome.share(kind) > 0)
                .map(kind -> String.format(Locale.ROOT, "%s %.1f", kind.name().toLowerCase(Locale.ROOT),
                        100 * outcome.share(kind)))
                .collect(Collectors.joining(", "));
    }
}
