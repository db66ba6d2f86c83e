package dev.jackstaff.relay.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The admissions of all event loops of a listener. Thread-safe.
final class Admissions {
    private final Duration most;
    private final List<Admission> ofLoops = new CopyOnWriteArrayList<>();

    /// @param most how long requests may wait for their loop; zero for any time
    Admissions(Duration most) {
        this.most = most;
    }

    /// For one event loop.
    Admission of(Turn turn) {
        Admission admission = new Admission(turn, most);
        ofLoops.add(admission);
        return admission;
    }

    AdmissionCounts counts() {
        long[] waits = new long[QueueTimes.BUCKETS];
        Map<RequestClass, Long> refused = new EnumMap<>(RequestClass.class), outOfTime =
                new EnumMap<>(RequestClass.class);
        for (Admission admission : ofLoops) admission.addTo(waits, refused, outOfTime);
        return new AdmissionCounts(
                new QueueTimes(Arrays.stream(waits).boxed().toList()), refused, outOfTime);
    }
}
