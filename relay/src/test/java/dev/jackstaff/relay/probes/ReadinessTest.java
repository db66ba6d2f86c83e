package dev.jackstaff.relay.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.snapshot.Quarantine;
import dev.jackstaff.relay.http.Listener;
import dev.jackstaff.relay.http.Limits;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import dev.jackstaff.relay.http.StuckWorkers;
import dev.jackstaff.runtime.FlagSetStatus;
import dev.jackstaff.runtime.RetrieverHealth;
import dev.jackstaff.testkit.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final Instant THEN = Instant.parse("2026-11-25T04:00:00Z");

    private final FakeClock clock = new FakeClock(THEN);
    private List<FlagSetStatus> flagSets = List.of();
    private List<StuckWorkers.Shortage> shortages = List.of();
    private final Readiness readiness = new Readiness(() -> flagSets, () -> shortages, Duration.ofMinutes(10), clock);
    private Listener listener;

    @BeforeEach
    void open() throws IOException {
        listener = Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT), null, ProbeRoutes.of(readiness),
                List.of());
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void loaded_flag_sets_are_ready() throws IOException {
        flagSets = List.of(flagSet("a", THEN, null), flagSet("b", THEN, null));
        assertThat(readyz(200)).isEqualTo("{\"ready\":true,\"flagsets\":{"
                + "\"a\":{\"ready\":true,\"state\":\"fresh\",\"lastRefresh\":\"2026-11-25T04:00:00Z\"},"
                + "\"b\":{\"ready\":true,\"state\":\"fresh\",\"lastRefresh\":\"2026-11-25T04:00:00Z\"}}}\n");
    }

    /// R-D22.
    @Test
    void one_that_was_never_loaded_is_not_and_says_since_when() throws IOException {
        flagSets = List.of(flagSet("a", THEN, null), flagSet("b", null, THEN.minusSeconds(5)));
        assertThat(readyz(503)).startsWith("{\"ready\":false,")
                .contains(
                        "\"a\":{\"ready\":true,",
                        "\"b\":{\"ready\":false,\"state\":\"never loaded\",\"since\":\"2026-11-25T03:59:55Z\"}");
    }

    @Test
    void stale_flags_are_served_on_until_the_limit() throws IOException {
        flagSets = List.of(flagSet("a", THEN.minusSeconds(60), THEN));
        clock.advance(Duration.ofMinutes(10));
        assertThat(readyz(200)).contains("\"state\":\"stale\",\"since\":\"2026-11-25T04:00:00Z\","
                + "\"lastRefresh\":\"2026-11-25T03:59:00Z\"");
        clock.advance(Duration.ofMillis(1));
        assertThat(readyz(503)).contains("\"a\":{\"ready\":false,\"state\":\"stale\"");
    }

    @Test
    void without_a_limit_stale_flags_are_served_for_ever() throws IOException {
        flagSets = List.of(flagSet("a", THEN, THEN));
        Readiness patient = new Readiness(() -> flagSets, () -> shortages, null, clock);
        clock.advance(Duration.ofDays(1_000));
        try (Listener other = Listener.open(
                new Listener.Setting("127.0.0.1", 0, null, false, Limits.DEFAULT), null, ProbeRoutes.of(patient),
                List.of())) {
            assertThat(RawClient.get(other.port(), "/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_flag_in_quarantine_is_told_and_changes_nothing() throws IOException {
        FlagSetStatus good = flagSet("a", THEN, null);
        flagSets = List.of(
                new FlagSetStatus(
                        "a", 1, true, THEN, 2, List.of(new Quarantine("f", List.of())), good.retrievers(), List.of()));
        assertThat(readyz(200)).contains("\"quarantined\":1");
    }

    @Test
    void one_that_is_short_of_workers_is_not_ready_and_says_so_until_they_are_back() throws IOException {
        flagSets = List.of(flagSet("a", THEN, null));
        shortages = List.of(new StuckWorkers.Shortage("collect", 9, 16), new StuckWorkers.Shortage("refresh", 16, 16));
        assertThat(readyz(503)).startsWith("{\"ready\":false,\"stuck\":{\"collect\":{\"workers\":9,\"of\":16},"
                + "\"refresh\":{\"workers\":16,\"of\":16}},\"flagsets\":{\"a\":{\"ready\":true,");
        shortages = List.of();
        assertThat(readyz(200)).startsWith("{\"ready\":true,\"flagsets\":");
    }

    @Test
    void one_that_stops_is_not_ready_and_alive() throws IOException {
        flagSets = List.of(flagSet("a", THEN, null));
        readiness.stop();
        assertThat(readyz(503)).startsWith("{\"ready\":false,\"stopping\":true,");
        assertThat(RawClient.get(listener.port(), "/livez").body()).isEqualTo("{\"alive\":true}\n");
    }

    private String readyz(int status) throws IOException {
        Answer answer = RawClient.get(listener.port(), "/readyz");
        assertThat(answer.status()).isEqualTo(status);
        return answer.body();
    }

    private static FlagSetStatus flagSet(String name, @Nullable Instant lastRefresh, @Nullable Instant failingSince) {
        RetrieverHealth retriever = new RetrieverHealth(
                "flags.yaml", failingSince == null, lastRefresh, failingSince, failingSince == null ? 0 : 1, 0,
                List.of());
        return new FlagSetStatus(
                name, 1, lastRefresh != null, lastRefresh, 1, List.of(), List.of(retriever), List.of());
    }
}
