package dev.jackstaff.relay.http;

import dev.jackstaff.relay.config.DeadlineConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Deadlines for tests: the same limit for every route, and headers are always heeded.
public final class Within {
    private Within() {}

    public static Deadlines limit(Duration limit) {
        return new Deadlines(config(limit, true));
    }

    static Deadlines limit(Duration limit, Ticker ticker) {
        return new Deadlines(config(limit, true), ticker, InstantSource.system());
    }

    static DeadlineConfig config(Duration limit, boolean split) {
        return new DeadlineConfig(
                limit, limit, limit, limit, limit, Duration.ZERO, Duration.ZERO, DeadlineConfig.HEADERS, 1, split,
                List.of());
    }
}
