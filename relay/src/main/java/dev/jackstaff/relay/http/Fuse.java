package dev.jackstaff.relay.http;

/// Keeps gateways with a wrong setting from switching all flags off: when headers alone would have too many requests refused,
/// headers are not heeded until there are fewer. Touched by one event loop only, but for [#isBlown].
final class Fuse {
    private static final long BUCKET = 1_000_000_000;
    private static final int BUCKETS = 10;

    /// Of fewer requests no share is taken.
    static final int LEAST = 100;

    private final double most;
    private final int[] asked = new int[BUCKETS], refused = new int[BUCKETS];
    private int allAsked, allRefused; // in all buckets
    private int at;
    private long until; // the end of the bucket that is filled
    private boolean begun;
    private volatile boolean blown; // writer: the event loop

    /// @param most the share of requests in 10 s that headers alone may have refused
    Fuse(double most) {
        this.most = most;
    }

    /// Counts a request, and tells whether what its headers say about time counts.
    ///
    /// @param refuses whether it would be refused because of them alone
    boolean heeds(long now, boolean refuses) {
        move(now);
        asked[at]++;
        allAsked++;
        if (refuses) {
            refused[at]++;
            allRefused++;
        }
        boolean tooMany = allAsked >= LEAST && allRefused > most * allAsked;
        if (tooMany != blown) blown = tooMany;
        return !tooMany;
    }

    boolean isBlown() {
        return blown;
    }

    private void move(long now) {
        if (!begun) {
            begun = true;
            until = now + BUCKET;
        }
        for (int moved = 0; now - until >= 0 && moved < BUCKETS; moved++) {
            at = (at + 1) % BUCKETS;
            allAsked -= asked[at];
            allRefused -= refused[at];
            asked[at] = 0;
            refused[at] = 0;
            until += BUCKET;
        }
        if (now - until >= 0) until = now + BUCKET;
    }
}
