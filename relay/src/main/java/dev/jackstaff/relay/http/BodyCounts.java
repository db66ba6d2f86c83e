package dev.jackstaff.relay.http;

import java.util.Map;

/// What the bodies of a listener's requests take.
///
/// @param held    bytes of those that are being read, wait for their handler or are with it; those of a large body count from
///                its head on
/// @param free    bytes that may be held beside these
/// @param waiting large ones that are not read before there is room for them
/// @param refused answered 503, because too little was free
public record BodyCounts(long held, long free, int waiting, Map<RequestClass, Long> refused) {
    public BodyCounts {
        refused = Map.copyOf(refused);
    }
}
