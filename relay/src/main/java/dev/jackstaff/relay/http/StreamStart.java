package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

/// A stream that may begin. Immutable.
///
/// @param topic what its subscriber hears of
public record StreamStart(Topic topic) {
    public StreamStart {
        requireNonNull(topic, "topic");
    }
}
