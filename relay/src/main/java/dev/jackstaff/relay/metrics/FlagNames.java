package dev.jackstaff.relay.metrics;

import dev.jackstaff.relay.http.ServedFlagSet;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A counter by flag. What is no flag of the caller's counts under the empty name: callers may send any (R-D13); and so do
/// flags beyond a large number, for a source that makes up new names all the time. Thread-safe.
final class FlagNames {
    static final String LABEL = "flag_name";
    private static final int MOST = 20_000;
    private static final String OTHERS = "";

    private final Counter counter;
    private final Map<String, CounterDataPoint> known = new ConcurrentHashMap<>();

    /// @param counter with one label
    FlagNames(Counter counter) {
        this.counter = counter;
    }

    /// Counts a key that a caller has sent.
    void sent(String key, @Nullable ServedFlagSet flagSet) {
        if (!sentAndExists(key, flagSet)) counter.labelValues(OTHERS).inc();
    }

    /// Counts a key that a caller has sent, if it is that of a flag; tells whether it is.
    boolean sentAndExists(String key, @Nullable ServedFlagSet flagSet) {
        boolean exists = known.containsKey(key)
                || (flagSet != null && flagSet.publication().snapshot().definitions().containsKey(key));
        if (exists) existing(key);
        return exists;
    }

    /// Counts a flag that exists.
    void existing(String key) {
        CounterDataPoint point = known.get(key);
        if (point == null)
            point = known.size() < MOST
                    ? known.computeIfAbsent(key, counter::labelValues)
                    : counter.labelValues(OTHERS);
        point.inc();
    }
}
