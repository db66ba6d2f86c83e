package dev.jackstaff.engine.bucket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A share that grows with time: whose bucket lies below the share of the moment is at the end of the ramp, everybody
/// else still at its beginning. Immutable.
///
/// The arithmetic is that of GO Feature Flag (`rule.go`, `getVariationFromProgressiveRollout`) in its own order of
/// double operations, on whole seconds.
public final class Ramp {
    /// How many buckets a ramp has: a thousand a percent point.
    public static final long BUCKETS = 100_000;

    private static final double ALL = 100;

    private final Instant start;
    private final Instant end;
    private final double sharesAtStart;
    private final double sharesAtEnd;
    private final double sharesPerSecond;

    private Ramp(Instant start, Instant end, double initialPercent, double endPercent) {
        this.start = start;
        this.end = end;
        this.sharesAtStart = Buckets.inBuckets(initialPercent);
        this.sharesAtEnd = Buckets.inBuckets(endPercent);
        this.sharesPerSecond = (sharesAtEnd - sharesAtStart) / (double) (end.getEpochSecond() - start.getEpochSecond());
    }

    /// A ramp, or null where there is none: both dates are needed, the second one later.
    ///
    /// @param initialPercent the share from `start` on, 0 when null
    /// @param endPercent     the share from `end` on; null, 0 and more than 100 mean 100
    public static @Nullable Ramp of(
            @Nullable Instant start, @Nullable Double initialPercent, @Nullable Instant end,
            @Nullable Double endPercent) {
        if (start == null || end == null || !end.isAfter(start)) return null;
        double initial = initialPercent == null ? 0 : initialPercent;
        double last = endPercent == null || endPercent == 0 || endPercent > ALL ? ALL : endPercent;
        return new Ramp(start, end, initial, last);
    }

    /// The bucket of a hash.
    public long bucket(int hash) {
        return Buckets.bucket(hash, BUCKETS);
    }

    /// How many buckets are at the end of the ramp at `now`. Nobody is before the start, whatever the initial share.
    public long share(Instant now) {
        if (now.isBefore(start)) return 0;
        if (!now.isBefore(end)) return Buckets.toUnsigned(sharesAtEnd);
        long elapsed = now.getEpochSecond() - start.getEpochSecond();
        return Buckets.toUnsigned((double) elapsed * sharesPerSecond + sharesAtStart);
    }
}
