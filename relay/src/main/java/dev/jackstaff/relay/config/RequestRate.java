package dev.jackstaff.relay.config;

import org.jspecify.annotations.Nullable;

/// How often the holders of one key may ask: `limits.requestRate` and `limits.requestBurst`. Immutable.
///
/// @param perSecond on average; more than 0
/// @param burst     at once, after some time without requests; at least 1
public record RequestRate(double perSecond, int burst) {
    private static final double LEAST = 0.001, MOST = 1_000_000;
    private static final String RATE = "requestRate", BURST = "requestBurst";

    public RequestRate {
        if (!(perSecond >= LEAST && perSecond <= MOST)) throw new IllegalArgumentException(perSecond + " a second");
        if (burst < 1) throw new IllegalArgumentException(burst + " at once");
    }

    /// @param otherwise where neither is said here
    /// @return null for no limit
    static @Nullable RequestRate read(Section limits, @Nullable RequestRate otherwise) {
        double perSecond = limits.number(RATE, otherwise == null ? 0 : otherwise.perSecond);
        if (perSecond == 0) {
            if (limits.has(BURST))
                limits.warning(BURST, limits.node(BURST), "has no effect without " + RATE, null);
            return null;
        }
        if (!(perSecond >= LEAST && perSecond <= MOST)) {
            limits.error(RATE, limits.node(RATE), "no rate: " + perSecond,
                    "requests a second from " + LEAST + " to " + (int) MOST + ", or 0 for any");
            return null;
        }
        int aSecond = Math.max(1, (int) Math.ceil(perSecond));
        long burst = limits.wholeNumber(
                BURST, otherwise == null || limits.has(RATE) ? aSecond : otherwise.burst);
        if (burst >= 1 && burst <= Integer.MAX_VALUE) return new RequestRate(perSecond, (int) burst);
        limits.error(BURST, limits.node(BURST), "no burst: " + burst, "a whole number from 1 on");
        return null;
    }
}
