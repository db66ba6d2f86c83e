package dev.jackstaff.relay.http;

import dev.jackstaff.relay.config.AddressRange;
import dev.jackstaff.relay.config.DeadlineConfig;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Gives every request its deadline when it arrives: from its route, and sooner where a header of the caller's gateway says
/// so. No header can make it later (I13).
///
/// Cost without such headers: one look-up for each name. Thread-safe.
public final class Deadlines {
    private static final List<String> TIME_STAMPS = List.of("x-request-start", "x-queue-start");

    /// Older or newer time stamps are a clock that goes wrong.
    private static final long LONGEST_QUEUE = Duration.ofSeconds(60).toNanos();

    private static final long NOTHING_SAID = Long.MAX_VALUE;

    /// What became of the values of one header.
    ///
    /// @param used      that could be read and count
    /// @param malformed that could not be read
    /// @param ignored   that could, while headers have too many requests refused
    /// @param untrusted time stamps from an address that may not set one
    /// @param skewed    time stamps from the future, or more than 60 s old
    public record HeaderCounts(String name, long used, long malformed, long ignored, long untrusted, long skewed) {}

    private static final class Header {
        private final AsciiString name;
        private final TimeHeader form;
        private final LongAdder used = new LongAdder();
        private final LongAdder malformed = new LongAdder();
        private final LongAdder ignored = new LongAdder();
        private final LongAdder untrusted = new LongAdder();
        private final LongAdder skewed = new LongAdder();

        Header(String name, TimeHeader form) {
            this.name = AsciiString.cached(name);
            this.form = form;
        }

        HeaderCounts counts() {
            return new HeaderCounts(
                    name.toString(), used.sum(), malformed.sum(), ignored.sum(), untrusted.sum(), skewed.sum());
        }
    }

    private final Ticker ticker;
    private final InstantSource clock;
    private final boolean split;
    private final Map<RouteClass, Long> limits = new EnumMap<>(RouteClass.class);
    private final long floor;
    private final long margin;
    private final double refuseFraction;
    private final List<Header> budgets;
    private final List<Header> timeStamps;
    private final List<AddressRange> trusted;
    private final List<Fuse> fuses = new CopyOnWriteArrayList<>();

    public Deadlines(DeadlineConfig config) {
        this(config, Ticker.SYSTEM, InstantSource.system());
    }

    Deadlines(DeadlineConfig config, Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
        for (RouteClass kind : RouteClass.values()) limits.put(kind, limit(kind, config).toNanos());
        split = config.split();
        floor = config.floor().toNanos();
        margin = config.margin().toNanos();
        refuseFraction = config.refuseFraction();
        budgets = config.headers().stream().map(name -> new Header(name, form(name))).toList();
        trusted = config.trustedProxies();
        timeStamps = trusted.isEmpty()
                ? List.of()
                : TIME_STAMPS.stream().map(name -> new Header(name, TimeHeader.TIME_STAMP)).toList();
    }

    private static Duration limit(RouteClass kind, DeadlineConfig config) {
        return switch (kind) {
            case EVALUATE -> shorter(config.evaluate(), config.server());
            case BULK -> shorter(config.bulk(), config.server());
            case COLLECTOR -> shorter(config.collector(), config.server());
            case REFRESH -> shorter(config.refresh(), config.server());
            case OTHER -> config.server();
        };
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static TimeHeader form(String name) {
        return switch (name) {
            case "grpc-timeout" -> TimeHeader.GRPC;
            case "connect-timeout-ms" -> TimeHeader.CONNECT;
            case "prefer" -> TimeHeader.PREFER;
            default -> TimeHeader.MILLIS;
        };
    }

    /// What became of the values of all headers that are read.
    public List<HeaderCounts> headers() {
        List<HeaderCounts> counts = new ArrayList<>();
        for (Header header : budgets) counts.add(header.counts());
        for (Header header : timeStamps) counts.add(header.counts());
        return counts;
    }

    /// How many event loops heed no header now, because too many requests would be refused.
    public long blownFuses() {
        return fuses.stream().filter(Fuse::isBlown).count();
    }

    /// For one event loop.
    Fuse fuse() {
        Fuse fuse = new Fuse(refuseFraction);
        fuses.add(fuse);
        return fuse;
    }

    /// Whether a caller is told with a status of its own that something may have been done.
    boolean isSplit() {
        return split;
    }

    /// Of a request that arrives now.
    ///
    /// @param peer who sends it; null on a Unix socket
    /// @param fuse of the event loop
    Deadline of(RouteClass kind, MultiMap headers, @Nullable SocketAddress peer, Fuse fuse) {
        long now = ticker.nanos(), limit = Objects.requireNonNull(limits.get(kind));
        boolean heeded = !fuse.isBlown();
        long granted = granted(headers, heeded), queued = queued(headers, peer, heeded);
        long left = granted == NOTHING_SAID ? limit : Math.min(limit, granted - margin);
        boolean counts = fuse.heeds(now, left - queued < floor);
        return new Deadline(ticker, now + (counts ? left - queued : limit), floor);
    }

    /// The least that a gateway gives: of several headers the smallest, of a repeated one the smallest that can be read.
    private long granted(MultiMap headers, boolean heeded) {
        long least = NOTHING_SAID;
        for (int i = 0; i < budgets.size(); i++) {
            Header header = budgets.get(i);
            if (headers.contains(header.name)) least = Math.min(least, least(header, headers, heeded));
        }
        return least;
    }

    private static long least(Header header, MultiMap headers, boolean heeded) {
        long least = NOTHING_SAID;
        for (String value : headers.getAll(header.name)) {
            long nanos = header.form.read(value.strip());
            if (nanos == TimeHeader.ABSENT) continue;
            if (nanos == TimeHeader.MALFORMED) {
                header.malformed.increment();
            } else {
                (heeded ? header.used : header.ignored).increment();
                least = Math.min(least, nanos);
            }
        }
        return least;
    }

    /// How long a request has waited in front of us: the longest that a trusted proxy says.
    private long queued(MultiMap headers, @Nullable SocketAddress peer, boolean heeded) {
        long longest = 0;
        for (int i = 0; i < timeStamps.size(); i++) {
            Header header = timeStamps.get(i);
            if (headers.contains(header.name)) longest = Math.max(longest, queued(header, headers, peer, heeded));
        }
        return longest;
    }

    private long queued(Header header, MultiMap headers, @Nullable SocketAddress peer, boolean heeded) {
        if (!isTrusted(peer)) {
            header.untrusted.increment();
            return 0;
        }
        long now = ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()), longest = 0;
        for (String value : headers.getAll(header.name)) {
            long since = header.form.read(value.strip());
            if (since == TimeHeader.MALFORMED) header.malformed.increment();
            else if (now - since < 0 || now - since > LONGEST_QUEUE)
                header.skewed.increment();
            else {
                (heeded ? header.used : header.ignored).increment();
                longest = Math.max(longest, now - since);
            }
        }
        return longest;
    }

    private boolean isTrusted(@Nullable SocketAddress peer) {
        String text = peer == null ? null : peer.hostAddress();
        if (text == null) return false;
        InetAddress address = InetAddress.ofLiteral(text);
        return trusted.stream().anyMatch(range -> range.contains(address));
    }
}
