package dev.jackstaff.relay.http;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// How long requests have waited for their loop before they were read, as a histogram.
///
/// @param seconds upper bounds, the last one infinite
/// @param counts  of requests that have waited so long and longer than the bound before
public record QueueTimes(List<Double> seconds, List<Long> counts) {
    private static final long[] BOUNDS = {
        100_000, 1_000_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000, 500_000_000,
        1_000_000_000, 2_500_000_000L, Long.MAX_VALUE
    };
    private static final double NANOS = 1e9;
    private static final List<Double> SECONDS = Arrays.stream(BOUNDS)
            .mapToObj(nanos -> nanos == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : nanos / NANOS)
            .toList();

    /// Of a server that has had no request.
    public static final QueueTimes NONE = new QueueTimes(Collections.nCopies(BOUNDS.length, 0L));

    static final int BUCKETS = BOUNDS.length;

    public QueueTimes {
        seconds = List.copyOf(seconds);
        counts = List.copyOf(counts);
    }

    /// @param counts by bucket
    QueueTimes(List<Long> counts) {
        this(SECONDS, counts);
    }

    static int bucketOf(long nanos) {
        int at = 0;
        while (nanos > BOUNDS[at]) at++;
        return at;
    }
}
