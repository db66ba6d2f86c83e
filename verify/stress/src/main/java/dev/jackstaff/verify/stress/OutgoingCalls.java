package dev.jackstaff.verify.stress;

import dev.jackstaff.outgoing.OutgoingHttp;
import dev.jackstaff.outgoing.OutgoingRequest;
import dev.jackstaff.outgoing.TlsFiles;
import dev.jackstaff.testkit.RawServer;
import dev.jackstaff.testkit.Trouble;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How long after its limit a call to another server ends, whatever that server does. That it ends at all, and that its
/// connection is not used again, is what tests show (`RemoteCallContract`); how late is a matter of the machine and is measured.
final class OutgoingCalls {
    private static final Duration LIMIT = Duration.ofMillis(200), LATEST = Duration.ofMillis(50);
    private static final int MAX_BYTES = 1_000_000, WARM_UP = 5;

    private OutgoingCalls() {}

    /// @return what was later than 50 ms
    static List<String> run(int calls, PrintStream out) throws IOException {
        List<String> findings = new ArrayList<>();
        try (OutgoingHttp http = new OutgoingHttp(TlsFiles.NONE)) {
            for (Trouble trouble : Trouble.values()) {
                List<Duration> late = late(http, trouble, calls + WARM_UP).subList(WARM_UP, calls + WARM_UP);
                Duration median = late.stream().sorted().skip(calls / 2).findFirst().orElseThrow();
                Duration latest = late.stream().max(Duration::compareTo).orElseThrow();
                out.printf("%-14s limit %d ms, ended after it by %.1f ms (median), %.1f ms (at most), %d calls%n",
                        trouble, LIMIT.toMillis(), median.toNanos() / 1e6, latest.toNanos() / 1e6, calls);
                if (latest.compareTo(LATEST) > 0)
                    findings.add(trouble + ": " + latest.toMillis() + " ms after its limit");
            }
        }
        return findings;
    }

    private static List<Duration> late(OutgoingHttp http, Trouble trouble, int calls) throws IOException {
        List<Duration> late = new ArrayList<>();
        try (RawServer server = new RawServer(trouble)) {
            OutgoingRequest request =
                    new OutgoingRequest("GET", URI.create(server.url()), Map.of(), BodyPublishers.noBody());
            for (int call = 0; call < calls; call++) {
                long begun = System.nanoTime();
                try {
                    throw new IllegalStateException("answered: " + http.call(request, MAX_BYTES, LIMIT));
                } catch (IOException ended) {
                    late.add(Duration.ofNanos(System.nanoTime() - begun).minus(LIMIT));
                }
            }
        }
        return late;
    }
}
