package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

/// Where a request was answered, for those who count: one of few, all known before the first request. Immutable.
///
/// @param number   counts from 0 among the places of one listener
/// @param template of the route; `/v1/*` stands for all paths without a route below `/v1`, `/*` for those outside the
///                 prefixes
public record Place(int number, String template) {
    public Place {
        requireNonNull(template, "template");
    }
}
