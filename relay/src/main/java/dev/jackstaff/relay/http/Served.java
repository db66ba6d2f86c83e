package dev.jackstaff.relay.http;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// What became of one request, for those who watch. Immutable.
///
/// @param method        as sent
/// @param place         where it was answered
/// @param reached       whether its route was reached: neither key nor path nor method were refused before
/// @param flagSet       the caller's flag set; null on routes that are not about one, and where the key belongs to none
/// @param flagKey       the key in the path; empty without one
/// @param flags         the flags that an answer about several is about; empty for all others. Keys that do not exist can be
///                      among them
/// @param evaluated     what an answer about one flag came from, where the flag set is watched; else null
/// @param status        as written
/// @param requestBytes  of the body that was read
/// @param responseBytes of the body that was written
/// @param nanos         from the head being read to the answer being handed to the connection; of a stream, to its end
/// @param caller        null unless an observer asks
public record Served(
        String method,
        Place place,
        boolean reached,
        @Nullable ServedFlagSet flagSet,
        String flagKey,
        Collection<String> flags,
        @Nullable Evaluated evaluated,
        int status,
        long requestBytes,
        long responseBytes,
        long nanos,
        @Nullable Caller caller) {}
