package dev.jackstaff.relay.http;

import java.util.Map;

/// What became of requests before anything was done for them.
///
/// @param waits     how long those that were read had waited for an event loop
/// @param refused   answered 503, because they had waited too long and their class had used its share
/// @param outOfTime answered 503, because their time was up before a handler ran
public record AdmissionCounts(
        QueueTimes waits, Map<RequestClass, Long> refused, Map<RequestClass, Long> outOfTime) {
    public AdmissionCounts {
        refused = Map.copyOf(refused);
        outOfTime = Map.copyOf(outOfTime);
    }
}
