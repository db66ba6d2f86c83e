package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.relay.config.RequestRate;
import java.util.concurrent.atomic.AtomicLong;

/// A bucket of tokens, full at first, that gains one at regular intervals and holds no more than the burst; a request takes
/// one. Thread-safe, without a lock.
///
/// Kept as one number, the point on the monotonic clock at which the bucket is full again (the generic cell rate algorithm of
/// ITU-T I.371): nothing has to run for the bucket to fill, and it takes 8 bytes however large the burst is.
public final class TokenBucket implements Quota {
    private static final double SECOND = 1e9;
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private final RequestRate rate;
    private final Ticker ticker;
    private final long interval;
    private final long capacity; // in nanoseconds
    private final AtomicLong fullAt;

    public TokenBucket(RequestRate rate) {
        this(rate, Ticker.SYSTEM);
    }

    TokenBucket(RequestRate rate, Ticker ticker) {
        this.rate = requireNonNull(rate, "rate");
        this.ticker = ticker;
        interval = Math.max(1, Math.round(SECOND / rate.perSecond()));
        capacity = rate.burst() > LONGEST / interval ? LONGEST : interval * rate.burst();
        fullAt = new AtomicLong(ticker.nanos());
    }

    public RequestRate rate() {
        return rate;
    }

    @Override
    public long take() {
        while (true) {
            long now = ticker.nanos(), full = fullAt.get();
            long missing = Math.max(0, full - now);
            long wait = missing + interval - capacity;
            if (wait > 0) return wait;
            if (fullAt.compareAndSet(full, now + missing + interval)) return 0;
        }
    }
}
