package dev.jackstaff.relay.http;

import org.jspecify.annotations.Nullable;

/// What tells clients of OFREP to ask again. Thread-safe.
public interface Refetches extends Topic {

    /// Path and query under which a client listens; its pass among them, where one is needed. A secret then.
    String requestUri();

    /// The same, for a client that may have missed something: it hears of that at once.
    ///
    /// @param lastEventId the id of the last message that it has heard, as it says; null or empty for none
    Topic since(@Nullable String lastEventId);
}
