package dev.jackstaff.relay.auth;

import dev.jackstaff.relay.config.KeyDigest;
import dev.jackstaff.relay.config.RequestRate;
import dev.jackstaff.relay.http.Quota;
import dev.jackstaff.relay.http.TokenBucket;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// How much may be asked with each key: a bucket for every key that has a rate, as many as are configured and never more.
/// Thread-safe.
public final class Quotas implements Function<KeyDigest, Quota> {
    public static final Quotas NONE = new Quotas(Map.of());

    private final Map<KeyDigest, TokenBucket> buckets;

    private Quotas(Map<KeyDigest, TokenBucket> buckets) {
        this.buckets = Map.copyOf(buckets);
    }

    /// Those that follow these: a key whose rate is the same goes on with what it has left.
    ///
    /// @param rates of the keys that have one
    public Quotas next(Map<KeyDigest, RequestRate> rates) {
        Map<KeyDigest, TokenBucket> next = new HashMap<>();
        rates.forEach((key, rate) -> {
            TokenBucket before = buckets.get(key);
            next.put(key, before != null && before.rate().equals(rate) ? before : new TokenBucket(rate));
        });
        return new Quotas(next);
    }

    @Override
    public Quota apply(KeyDigest key) {
        TokenBucket bucket = buckets.get(key);
        return bucket == null ? Quota.UNLIMITED : bucket;
    }
}
