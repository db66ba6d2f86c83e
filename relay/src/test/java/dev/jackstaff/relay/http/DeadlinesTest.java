package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.AddressRange;
import dev.jackstaff.relay.config.DeadlineConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// T10 of the design for deadlines, I12, I13 and I15: whatever headers say, no deadline is later than the limit of its route,
/// what is malformed changes nothing, and it makes no difference where the clock stands.
class DeadlinesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T21:00:00Z");
    private static final long NOW_MILLIS = NOW.toEpochMilli();
    private static final SocketAddress TRUSTED = SocketAddress.inetSocketAddress(80, "10.1.2.3");
    private static final SocketAddress STRANGER = SocketAddress.inetSocketAddress(80, "192.0.2.1");

    private static final DeadlineConfig CONFIG = new DeadlineConfig(
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(7), Duration.ofSeconds(5),
            Duration.ofSeconds(30), Duration.ofMillis(5), Duration.ofMillis(1),
            List.of("grpc-timeout", "x-envoy-expected-rq-timeout-ms", "connect-timeout-ms", "prefer", "x-budget"), 0.2,
            true, List.of(AddressRange.of("10.0.0.0/8")));

    /// Where the clock may stand; one overflows within the shortest limit, one within the longest.
    private static final long[] CLOCKS = {
        0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 500_000_000L, Long.MAX_VALUE - 20_000_000_000L
    };

    private final FakeTicker ticker = new FakeTicker();
    private final Deadlines deadlines = at(ticker);

    private static Deadlines at(Ticker ticker) {
        return new Deadlines(CONFIG, ticker, () -> NOW);
    }

    private static MultiMap headers(String... lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String line : lines) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private Duration left(RouteClass kind, @Nullable SocketAddress peer, String... lines) {
        Deadline deadline = deadlines.of(kind, headers(lines), peer, deadlines.fuse());
        return Duration.ofNanos(deadline.leftNanos());
    }

    @ParameterizedTest
    @CsvSource({"EVALUATE, PT1S", "BULK, PT5S", "COLLECTOR, PT5S", "OTHER, PT5S", "REFRESH, PT5S"})
    void a_request_has_the_limit_of_its_route_and_never_more_than_that_of_the_server(RouteClass kind, Duration limit) {
        assertThat(left(kind, STRANGER)).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "grpc-timeout: 1S | PT0.995S",
        "grpc-timeout: 200m | PT0.195S",
        "grpc-timeout: 200000u | PT0.195S",
        "grpc-timeout: 20000000n | PT0.015S",
        "grpc-timeout: 1M | PT5S",
        "grpc-timeout: 99999999H | PT5S",
        "grpc-timeout: 0S | PT-0.005S",
        "X-Envoy-Expected-Rq-Timeout-Ms: 300 | PT0.295S",
        "Connect-Timeout-Ms: 300 | PT0.295S",
        "Connect-Timeout-Ms: 9999999999 | PT5S",
        "Prefer: wait=2 | PT1.995S",
        "Prefer: respond-async, WAIT = 2;foo=1 | PT1.995S",
        "Prefer: wait=\"2\" | PT1.995S",
        "Prefer: foo=\"a, wait=1\", wait=2 | PT1.995S",
        "X-Budget: 100 | PT0.095S",
        "X-Budget: 999999999999999999 | PT5S",
    })
    void a_header_shortens_the_limit_by_its_form(String line, Duration left) {
        assertThat(left(RouteClass.OTHER, STRANGER, line)).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "grpc-timeout: 1", "grpc-timeout: S", "grpc-timeout: 123456789S", "grpc-timeout: 1s", "grpc-timeout: -1S",
        "grpc-timeout: 1 S", "grpc-timeout: 1.5S", "grpc-timeout: ", "grpc-timeout: \u0661S",
        "x-envoy-expected-rq-timeout-ms: 0", "x-envoy-expected-rq-timeout-ms: 1.5",
        "x-envoy-expected-rq-timeout-ms: 1e3", "x-envoy-expected-rq-timeout-ms: +1",
        "x-envoy-expected-rq-timeout-ms: 9999999999999999999", "connect-timeout-ms: 12345678901",
        "connect-timeout-ms: 0x1", "prefer: wait=0", "prefer: wait", "prefer: wait=1s", "prefer: wait=\"1",
        "x-budget: 0", "x-budget: soon"
    })
    void what_is_malformed_changes_nothing_but_a_count(String line) {
        assertThat(left(RouteClass.OTHER, STRANGER, line)).isEqualTo(Duration.ofSeconds(5));
        assertThat(deadlines.headers()).extracting(Deadlines.HeaderCounts::malformed).containsOnlyOnce(1L);
        assertThat(deadlines.headers()).extracting(Deadlines.HeaderCounts::used).containsOnly(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x-envoy-upstream-rq-timeout-ms: 1", "prefer: respond-async", "prefer: waits=1", "x-request-timeout: 1"
    })
    void what_is_not_about_our_time_is_not_even_counted(String line) {
        assertThat(left(RouteClass.OTHER, STRANGER, line)).isEqualTo(Duration.ofSeconds(5));
        assertThat(deadlines.headers())
                .allSatisfy(counts -> assertThat(counts)
                        .isEqualTo(new Deadlines.HeaderCounts(counts.name(), 0, 0, 0, 0, 0)));
    }

    @Test
    void of_all_that_is_said_the_smallest_that_can_be_read_counts() {
        assertThat(left(
                RouteClass.OTHER, STRANGER, "grpc-timeout: 3S", "grpc-timeout: 1S", "grpc-timeout: nonsense",
                "prefer: wait=4", "x-budget: 2000")).isEqualTo(Duration.ofMillis(995));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "X-Request-Start: t=%s.750 | seconds | PT4.75S",
        "X-Request-Start: %s | millis | PT4.75S",
        "X-Queue-Start: t=%s000 | millis | PT4.75S",
        "X-Queue-Start: t=%s | seconds | PT4S",
    })
    void what_a_trusted_proxy_has_waited_counts_as_well(String line, String unit, Duration left) {
        Object since = unit.equals("seconds") ? NOW.getEpochSecond() - 1 : NOW_MILLIS - 250;
        assertThat(left(RouteClass.OTHER, TRUSTED, line.formatted(since))).isEqualTo(left);
        assertThat(left(RouteClass.OTHER, STRANGER, line.formatted(since))).isEqualTo(Duration.ofSeconds(5));
        assertThat(left(RouteClass.OTHER, null, line.formatted(since))).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"1, skewed", "-60001, skewed", "-60000, used", "0, used"})
    void a_time_stamp_from_the_future_or_too_old_is_ignored(long offset, String use) {
        left(RouteClass.OTHER, TRUSTED, "X-Request-Start: " + (NOW_MILLIS + offset));
        Deadlines.HeaderCounts counts = deadlines.headers()
                .stream()
                .filter(it -> it.name().equals("x-request-start"))
                .findFirst()
                .orElseThrow();
        assertThat(counts.used() == 1).isEqualTo(use.equals("used"));
        assertThat(counts.skewed() == 1).isEqualTo(use.equals("skewed"));
    }

    @Test
    void several_time_stamps_count_by_the_longest_wait() {
        assertThat(left(
                RouteClass.OTHER, TRUSTED, "X-Request-Start: " + (NOW_MILLIS - 100),
                "X-Queue-Start: " + (NOW_MILLIS - 400), "X-Queue-Start: t=x")).isEqualTo(Duration.ofMillis(4600));
    }

    @Test
    void without_trusted_proxies_no_time_stamp_is_looked_at() {
        Deadlines trusting = new Deadlines(DeadlineConfig.DEFAULT, ticker, () -> NOW);
        assertThat(trusting.headers())
                .extracting(Deadlines.HeaderCounts::name)
                .containsExactlyElementsOf(DeadlineConfig.HEADERS);
    }

    /// A number of header lines, about half of them sound, at any clock.
    private record Case(RouteClass kind, long clock, List<String> lines, boolean trusted) {
        static Case of(SplittableRandom random) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) lines.add(line(random));
            RouteClass[] kinds = RouteClass.values();
            return new Case(
                    kinds[random.nextInt(kinds.length)], CLOCKS[random.nextInt(CLOCKS.length)] + random.nextInt(3),
                    lines, random.nextBoolean());
        }

        private static String line(SplittableRandom random) {
            String number = number(random);
            return switch (random.nextInt(8)) {
                case 0 -> "grpc-timeout: " + number + "HMSmunx".charAt(random.nextInt(7));
                case 1 -> "x-envoy-expected-rq-timeout-ms: " + number;
                case 2 -> "connect-timeout-ms: " + number;
                case 3 -> "prefer: a=\"b, c\";d, wait=" + number;
                case 4 -> "x-budget: " + number;
                case 5 -> "x-request-start: t=" + (NOW_MILLIS - random.nextLong(-100_000, 100_000));
                case 6 -> "x-queue-start: " + number;
                default -> "x-envoy-upstream-rq-timeout-ms: " + number;
            };
        }

        private static String number(SplittableRandom random) {
            return switch (random.nextInt(6)) {
                case 0 -> "";
                case 1 -> "-" + random.nextInt(1, 1000);
                case 2 -> String.valueOf(random.nextLong(Long.MAX_VALUE));
                case 3 -> "1.5";
                default -> String.valueOf(random.nextInt(20_000));
            };
        }

        /// Nanoseconds from now to the deadline.
        long left(ToLongFunction<Case> deadline) {
            return deadline.applyAsLong(this) - clock;
        }

        long real() {
            Deadlines deadlines = at(() -> clock);
            return deadlines.of(kind, headers(lines.toArray(String[]::new)), peer(), deadlines.fuse()).at();
        }

        @Nullable
        SocketAddress peer() {
            return trusted ? TRUSTED : null;
        }

        /// What counts when every form is checked again, in another way than the code does.
        List<String> sound() {
            Map<String, String> forms = Map.of(
                    "grpc-timeout", "[0-9]{1,8}[HMSmun]", "x-envoy-expected-rq-timeout-ms", "0*[1-9][0-9]{0,17}",
                    "connect-timeout-ms", "[0-9]{1,10}", "prefer", ".*wait=0*[1-9][0-9]{0,17}", "x-budget",
                    "0*[1-9][0-9]{0,17}", "x-request-start", "t=[0-9]{1,17}", "x-queue-start", "[0-9]{1,17}");
            return lines.stream().filter(line -> {
                String form = forms.get(line.substring(0, line.indexOf(':')));
                return form != null && line.substring(line.indexOf(':') + 1).strip().matches(form);
            }).toList();
        }
    }

    private static long limit(RouteClass kind) {
        return switch (kind) {
            case EVALUATE -> 1_000_000_000L;
            case BULK, COLLECTOR, REFRESH, OTHER -> 5_000_000_000L;
        };
    }

    /// What the design promises of a deadline; empty when it is kept.
    private static String broken(Case it, ToLongFunction<Case> deadline) {
        long left = it.left(deadline);
        if (left > limit(it.kind)) return "later than the limit: " + it;
        Case elsewhere = new Case(it.kind, 12_345, it.lines, it.trusted);
        if (left != elsewhere.left(deadline)) return "depends on where the clock stands: " + it;
        Case sound = new Case(it.kind, it.clock, it.sound(), it.trusted);
        if (left != sound.left(deadline)) return "what is malformed counts: " + it + " " + left;
        for (int i = 0; i < it.lines.size(); i++) {
            List<String> fewer = new ArrayList<>(it.lines);
            fewer.remove(i);
            if (left > new Case(it.kind, it.clock, fewer, it.trusted).left(deadline))
                return "a header makes it later: " + it;
        }
        return "";
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_headers_say_a_deadline_keeps_its_promises(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int shortened = 0;
        for (int i = 0; i < 5_000; i++) {
            Case it = Case.of(random);
            assertThat(broken(it, Case::real)).isEmpty();
            if (it.left(Case::real) < limit(it.kind)) shortened++;
        }
        assertThat(shortened).isGreaterThan(500);
    }

    /// Otherwise the test above proves nothing: deadlines that compare points, let a header lengthen, or read "1.5" as 1.
    @ParameterizedTest
    @ValueSource(strings = {"later than the limit", "depends on where the clock stands", "what is malformed counts"})
    void a_deadline_that_breaks_a_promise_is_found_out(String promise) {
        ToLongFunction<Case> wrong = switch (promise) {
            case "later than the limit" -> it -> it.lines.contains("prefer: a=\"b, c\";d, wait=7")
                    || it.lines.stream().anyMatch(line -> line.matches("x-budget: [0-9]{4,5}"))
                            ? it.clock + 60_000_000_000L
                            : it.real();
            case "depends on where the clock stands" -> it -> Math.min(it.real(), Long.MAX_VALUE - 1_000_000_000L);
            default -> it -> it.lines.stream().anyMatch(line -> line.equals("x-budget: 1.5"))
                    ? it.clock + 1_000_000L
                    : it.real();
        };
        SplittableRandom random = new SplittableRandom(1);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) found.add(broken(Case.of(random), wrong));
        assertThat(found).anyMatch(line -> line.startsWith(promise));
    }

    /// I15: the clock overflows between the two points.
    @Test
    void a_deadline_passes_although_the_clock_overflows_before_it() {
        FakeTicker overflowing = new FakeTicker(Long.MAX_VALUE - 400_000_000L);
        Deadline deadline = new Deadline(overflowing, overflowing.in(Duration.ofSeconds(1)), 1_000_000);
        assertThat(deadline.at()).isNegative();
        assertThat(deadline.isPast()).isFalse();
        overflowing.advance(Duration.ofMillis(999));
        assertThat(deadline.left()).isEqualTo(Duration.ofMillis(1));
        assertThat(deadline.allowsStart()).isTrue();
        overflowing.advance(Duration.ofNanos(1));
        assertThat(deadline.allowsStart()).as("less than the floor").isFalse();
        assertThat(deadline.isPast()).isFalse();
        overflowing.advance(Duration.ofMillis(1));
        assertThat(deadline.isPast()).isTrue();
        assertThat(deadline.left()).isZero();
    }

    private boolean refused(Fuse fuse, String... lines) {
        return !deadlines.of(RouteClass.OTHER, headers(lines), STRANGER, fuse).allowsStart();
    }

    /// A gateway with a wrong setting must not switch all flags off.
    @Test
    void headers_are_not_heeded_while_they_would_have_too_many_requests_refused() {
        Fuse fuse = deadlines.fuse();
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            if (refused(fuse, "x-budget: 1")) refused++;
            ticker.advance(Duration.ofMillis(1));
        }
        assertThat(refused).as("until a share can be taken").isEqualTo(Fuse.LEAST - 1);
        assertThat(deadlines.blownFuses()).isEqualTo(1);
        assertThat(deadlines.headers())
                .filteredOn(counts -> counts.name().equals("x-budget"))
                .singleElement()
                .satisfies(counts -> assertThat(counts.used() + counts.ignored()).isEqualTo(1_000))
                .satisfies(counts -> assertThat(counts.ignored()).isEqualTo(1_000 - Fuse.LEAST));
        ticker.advance(Duration.ofSeconds(11));
        assertThat(refused(fuse, "x-budget: 1")).as("the rate has fallen").isTrue();
        assertThat(deadlines.blownFuses()).isZero();
    }

    @Test
    void a_share_of_refused_requests_that_is_allowed_blows_no_fuse() {
        Fuse fuse = deadlines.fuse();
        for (int i = 0; i < 5_000; i++) {
            assertThat(refused(fuse, i % 6 == 5 ? "x-budget: 1" : "x-budget: 900")).isEqualTo(i % 6 == 5);
            ticker.advance(Duration.ofMillis(7));
        }
        assertThat(deadlines.blownFuses()).isZero();
    }
}
